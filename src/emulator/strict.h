#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/error_style.h"
#include "emulator/rate_limit.h"
#include "emulator/records.h"
#include "json/value.h"
#include "xai/management/result.h"

namespace xai::emulator {

/// Refuses an object with a member that is not in `known`, or anything that is no object: what
/// people write by hand is read strictly, so that a slip shows.
management::Result<void> only_members(json::Value value,
                                      std::initializer_list<std::string_view> known);

/// The error with the name of the member that it was found in, before what is wrong there.
management::Error inside(std::string_view name, management::Error error);

// Readers for documents written by hand; null is absent. Errors: invalid_argument, naming `name`.
management::Result<std::string> string_member(json::Value value, std::string_view name);
management::Result<bool> boolean_member(json::Value value, std::string_view name, bool otherwise);
/// A span such as `90s`, or `-90s`.
std::optional<std::chrono::seconds> parse_offset(std::string_view text);

/// A span such as `10s`.
management::Result<std::chrono::seconds> span_member(json::Value value, std::string_view name,
                                                     std::chrono::seconds otherwise);
/// A span as parse_offset takes it.
management::Result<std::chrono::seconds> offset_member(json::Value value, std::string_view name,
                                                       std::chrono::seconds otherwise);
/// `outOfCredit`: a boolean, or which sentence the service says.
management::Result<Credit> credit_member(json::Value value, Credit otherwise);
/// A status out of a few.
management::Result<int> status_member(json::Value value, std::string_view name, int otherwise,
                                      std::initializer_list<int> choices);
/// The name of a style of errors.
management::Result<std::optional<ErrorStyle>> error_style_member(json::Value value);
/// `rateLimit`, such as `20/1m`; `none` lifts it.
management::Result<std::optional<RateLimit>> rate_limit_member(
    json::Value value, const std::optional<RateLimit>& otherwise);
management::Result<int> number_member(json::Value value, std::string_view name, int otherwise,
                                      int least, int most);

}  // namespace xai::emulator
