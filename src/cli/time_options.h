#pragma once

#include <optional>
#include <string>

#include "cli/exit_code.h"
#include "xai/management/timestamp.h"

namespace xai::cli {

/// `did you mean 90d?` for a bare number; empty for all else.
std::string meant_span(const std::string& text, char unit);

/// Reads WHEN of an option that looks forward: RFC 3339, a date, or a span from `now`. `never` is
/// no time.
management::Result<std::optional<management::Timestamp>> parse_future(const std::string& option,
                                                                      const std::string& text,
                                                                      management::Timestamp now);

/// Reads WHEN of an option that looks back: RFC 3339, a date (its first instant in UTC), or a span
/// before `now`.
management::Result<management::Timestamp> parse_past(const std::string& option,
                                                     const std::string& text,
                                                     management::Timestamp now);

}  // namespace xai::cli
