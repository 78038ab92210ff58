#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/decimal.h"
#include "xai/management/balance.h"
#include "xai/management/prepaid.h"
#include "xai/management/usage.h"

namespace xai::workflows {

/// How many whole days of usage the burn is taken from, at most.
inline constexpr std::chrono::days burn_window{30};

/// What was used on the days that are over, and whether that is all there is.
struct RecentUsage {
  base::DecimalSum used{};   ///< USD.
  std::int64_t day_count{};  ///< Days without usage count.
  bool has_begun_today{};    ///< All usage there is was today.

  [[nodiscard]] management::Burn burn() const;
};

/// The first day that anything is known of the team. A top-up is history, but it is no usage.
std::optional<std::chrono::sys_days> history_begins(const management::PrepaidBalance& ledger);

/// `usage` by day in UTC. `known_since` may be none: the history then begins with the usage.
/// None when the answer is cut, so that its sums say too little.
std::optional<RecentUsage> recent_usage(const management::AnalyzeUsageResponse& usage,
                                        const std::optional<std::chrono::sys_days>& known_since,
                                        std::chrono::sys_days today);

/// `usage` may be none, which makes it `usage_incomplete`.
management::Runway runway_of(const std::optional<management::Cents>& credit,
                             const std::optional<RecentUsage>& usage);

}  // namespace xai::workflows
