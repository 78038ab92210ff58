#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uuid.h"
#include "cli/exit_code.h"
#include "xai/management/timestamp.h"

namespace xai::cli {

using base::is_uuid;

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

/// `in 12 days`, `3 hours ago`, `just now`.
std::string relative_time(management::Timestamp time, management::Timestamp now);

/// `1 key`, `2 keys`.
std::string counted(std::size_t count, const std::string& noun);

/// The words joined by commas; `none` for none.
std::string listed(const std::vector<std::string>& words, const std::string& none = "none");

}  // namespace xai::cli
