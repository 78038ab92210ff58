#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "json/writer.h"
#include "wire/table.h"
#include "xai/management/balance.h"

namespace xai::wire {

/// A value that has a form of its own in the JSON of our results.
template <class T>
struct Shown {
  T value{};
};

/// As whole cents and as dollars.
void write(json::Writer& writer, const Shown<management::Cents>& money);
/// As a string.
void write(json::Writer& writer, const Shown<management::Decimal>& number);
void write(json::Writer& writer, const Shown<std::chrono::sys_days>& day);
/// Where the credit cannot be told, whyever, as `unknown`.
void write(json::Writer& writer, const Shown<management::RunwayState>& state);

/// How long the credit lasts, and what that was reckoned from.
struct RunwayResult {
  Shown<management::RunwayState> state{};
  std::optional<std::int32_t> days{};
  std::optional<Shown<std::chrono::sys_days>> until{};  ///< The last of these days.
  std::optional<Shown<management::Decimal>> used_usd{};
  std::optional<std::int32_t> used_in_days{};
  std::optional<Shown<management::Cents>> burn_per_day{};
};

RunwayResult runway_result(const management::Balance& balance);
std::optional<std::string> cycle_result(const management::Balance& balance);
template <auto member>
std::optional<Shown<management::Cents>> money_of(const management::Balance& balance) {
  const std::optional<management::Cents>& money = balance.*member;
  if (!money) return std::nullopt;
  return Shown<management::Cents>{*money};
}

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
    computed("liveCredit", &money_of<&management::Balance::live_credit>),
    computed("postedCredit", &money_of<&management::Balance::posted_credit>),
    computed("billingCycle", &cycle_result),
    computed("cycleSpend", &money_of<&management::Balance::cycle_spend>),
    computed("effectiveSpendingLimit", &money_of<&management::Balance::effective_spending_limit>),
    computed("leftUnderLimit", &money_of<&management::Balance::left_under_limit>),
    computed("runway", &runway_result));

}  // namespace xai::wire
