#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/decimal.h"
#include "xai/management/cents.h"
#include "xai/management/prepaid.h"
#include "xai/management/usage.h"

namespace xai::cli {

/// How many whole days of usage the burn is taken from, at most.
inline constexpr std::chrono::days burn_window{30};

/// What the team used on whole days that are over, from the day its history begins.
struct Burn {
  base::DecimalSum used{};   ///< USD.
  std::int64_t day_count{};  ///< Days without usage count.
  bool has_begun_today{};    ///< All usage there is was today.

  /// USD cents a day, to the nearest.
  [[nodiscard]] std::optional<management::Cents> per_day() const;
};

/// The first day that anything is known of the team. A top-up is history, but it is no usage.
std::optional<std::chrono::sys_days> history_begins(const management::PrepaidBalance& ledger);

/// `usage` by day in UTC. `known_since` may be none: the history then begins with the usage.
/// None when the answer is cut, so that its sums say too little.
std::optional<Burn> burn_of(const management::AnalyzeUsageResponse& usage,
                            const std::optional<std::chrono::sys_days>& known_since,
                            std::chrono::sys_days today);

struct Runway {
  /// `known`, `used_up`, `no_recent_usage`, `not_enough_history` or `unknown`.
  std::string state{"unknown"};
  std::optional<std::chrono::seconds> left{};  ///< How long the credit lasts; when `known`.

  /// Whether the credit lasts less than `span`; none when that cannot be said.
  [[nodiscard]] std::optional<bool> is_below(std::chrono::seconds span) const;
};

Runway runway_of(const std::optional<management::Cents>& credit, const std::optional<Burn>& burn);

}  // namespace xai::cli
