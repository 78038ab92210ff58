#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "xai/management/cents.h"

namespace xai::cli {

/// `12.50 USD`.
std::string usd_of(management::Cents amount);

/// `12.50 USD`; `missing` for a figure that the service left out, which is not zero.
std::string usd_of(const std::optional<management::Cents>& amount);

/// `usd_of` of each, all as wide as the widest of them.
std::vector<std::string> aligned_usd(const std::vector<std::optional<management::Cents>>& amounts);

/// Dollars to the nearest cent: `12.50`. What is not nothing but rounds to it is `<0.01`.
std::string to_the_cent(const base::DecimalSum& dollars);

}  // namespace xai::cli
