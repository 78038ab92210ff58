#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/timestamp.h"

namespace xai::base {

/// RFC 3339 with any offset and any length of fraction (cut to the microsecond); years 0001–9999.
std::optional<management::Timestamp> parse_rfc3339(std::string_view text);

/// The same into `out`, for lists of thousands: GCC hands an optional back through memory and
/// waits for it. False, and `out` as it was, when there is no time.
bool parse_rfc3339(std::string_view text, management::Timestamp& out);

/// A date alone, `2027-01-31`, as its first instant in UTC.
std::optional<management::Timestamp> parse_date(std::string_view text);

/// `2027-01`.
std::string format_month(int year, int month);

/// RFC 3339 in UTC with `Z`; six digits of fraction, or none when they are all zero.
std::string format_rfc3339(management::Timestamp time);

/// `90d`, `24h`, `30m`, `45s`, `2w` and sums such as `1d12h`; none for anything else or nothing,
/// and for more than a hundred years.
std::optional<std::chrono::seconds> parse_span(std::string_view text);

/// The date of an HTTP header: `Sun, 06 Nov 1994 08:49:37 GMT`.
std::optional<management::Timestamp> parse_http_date(std::string_view text);

/// The reverse of parse_http_date.
std::string format_http_date(management::Timestamp time);

}  // namespace xai::base
