#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/cents.h"

namespace xai::base {

/// `units` × 10^-places as exact decimal text: at least two digits behind the point, and no
/// zeros after those. `decimal(30000, 4)` is `3.00`.
std::string decimal(std::int64_t units, unsigned places);

/// Dollars with at most two decimals, exactly: `12`, `12.50`, `$12.50`, `-3.40`, `-$3.40`. None
/// for anything else, be it an exponent, a comma or a space, and for more than 64 bits of cents.
std::optional<management::Cents> parse_usd(std::string_view text);

/// Dollars with two decimals, which parse_usd reads back: `12.50`, `-3.40`.
std::string format_usd(management::Cents amount);

/// None when 64 bits do not hold the result.
std::optional<management::Cents> sum(management::Cents left, management::Cents right);
std::optional<management::Cents> difference(management::Cents left, management::Cents right);

}  // namespace xai::base
