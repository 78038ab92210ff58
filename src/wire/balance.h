#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "wire/table.h"
#include "xai/management/balance.h"

namespace xai::wire {

/// Money as a result has it: as whole cents and as dollars.
struct Amount {
  std::string cents{};
  std::string usd{};
};

/// How long the credit lasts, and what that was reckoned from.
struct RunwayResult {
  std::string state{};  ///< Where the credit cannot be told, `unknown`.
  std::optional<std::int32_t> days{};
  std::optional<std::string> until{};  ///< The last of these days.
  std::optional<std::string> used_usd{};
  std::optional<std::int32_t> used_in_days{};
  std::optional<Amount> burn_per_day{};
};

RunwayResult runway_result(const management::Balance& balance);
std::optional<std::string> cycle_result(const management::Balance& balance);
std::optional<Amount> amount_of(const std::optional<management::Cents>& cents);
template <auto member>
std::optional<Amount> amount_of(const management::Balance& balance) {
  return amount_of(balance.*member);
}

template <>
inline constexpr auto fields<Amount> =
    table(field("cents", &Amount::cents), field("usd", &Amount::usd));

template <>
inline constexpr auto fields<RunwayResult> =
    table(field("state", &RunwayResult::state), field("days", &RunwayResult::days),
          field("until", &RunwayResult::until), field("usedUsd", &RunwayResult::used_usd),
          field("usedInDays", &RunwayResult::used_in_days),
          field("burnPerDay", &RunwayResult::burn_per_day));

template <>
inline constexpr auto fields<management::Balance> = table(
    field("hasPrepaid", &management::Balance::has_prepaid),
    field("hasPostpaid", &management::Balance::has_postpaid),
    computed("liveCredit", &amount_of<&management::Balance::live_credit>),
    computed("postedCredit", &amount_of<&management::Balance::posted_credit>),
    computed("billingCycle", &cycle_result),
    computed("cycleSpend", &amount_of<&management::Balance::cycle_spend>),
    computed("effectiveSpendingLimit", &amount_of<&management::Balance::effective_spending_limit>),
    computed("leftUnderLimit", &amount_of<&management::Balance::left_under_limit>),
    computed("runway", &runway_result));

}  // namespace xai::wire
