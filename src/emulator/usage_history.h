#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "emulator/records.h"
#include "emulator/store.h"
#include "xai/management/result.h"

namespace xai::emulator {

/// What one price applies to.
struct BilledUnit {
  std::string cluster_name{};
  std::string description{};  ///< `Chat grok-4-0709`
  std::string unit_type{};    ///< `Prompt text tokens`
  std::int64_t unit_price{};  ///< 1e-8 USD cent.
  int cost_share{};           ///< How much of what the model costs is spent on it, in percent.
};

/// A model and what it bills, once for every cluster that has it.
struct BilledModel {
  std::string name{};
  std::vector<std::string> aliases{};
  std::vector<std::vector<BilledUnit>> clusters{};
};

/// From which a team's usage follows. Nothing of the usage itself is stored.
struct UsageHistory {
  std::uint64_t seed{};
  std::vector<BilledModel> models{};
  std::vector<KeyPeriod> periods{};
};

/// One entry in the log of usage.
struct UsageItem {
  management::Timestamp time{};
  const KeyPeriod& period;
  const BilledUnit& unit;
  std::int64_t unit_count{};

  /// In 1e-8 USD cent, which is 1e-10 dollar.
  [[nodiscard]] std::int64_t amount() const { return unit_count * unit.unit_price; }
};

/// 1e-8 cents in a cent.
inline constexpr std::int64_t parts_per_cent = 100'000'000;

Result<UsageHistory> usage_history(Store& store, const Team& team);

/// Shows all usage from `from` to before `to`, key by key. What a key uses of a model on a day
/// depends on nothing but the seed, the key's id, the model and the day, so that it is the same
/// whenever it is asked for; more on workdays and by day than at night.
void for_each_item(const UsageHistory& history, management::Timestamp from,
                   management::Timestamp to, const std::function<void(const UsageItem&)>& visit);

}  // namespace xai::emulator
