#include "wire/balance.h"

#include "base/money.h"
#include "base/time_text.h"

namespace xai::wire {

using namespace management;

namespace {

std::string_view word_of(RunwayState state) {
  switch (state) {
    case RunwayState::known:
      return "known";
    case RunwayState::used_up:
      return "used_up";
    case RunwayState::no_recent_usage:
      return "no_recent_usage";
    case RunwayState::not_enough_history:
      return "not_enough_history";
    default:
      return "unknown";
  }
}

}  // namespace

std::optional<Amount> amount_of(const std::optional<Cents>& cents) {
  if (!cents) return std::nullopt;
  return Amount{std::to_string(cents->value), base::format_usd(*cents)};
}

std::optional<std::string> cycle_result(const Balance& balance) {
  if (!balance.cycle) return std::nullopt;
  return base::format_month(balance.cycle->year, balance.cycle->month);
}

RunwayResult runway_result(const Balance& balance) {
  RunwayResult result{.state = std::string{word_of(balance.runway.state)}};
  if (balance.runway.left) {
    const std::chrono::days days{balance.runway.days_left()};
    result.days = static_cast<std::int32_t>(days.count());
    result.until = base::format_rfc3339(balance.day + days).substr(0, 10);
  }
  if (balance.burn) {
    result.used_usd = balance.burn->used.text;
    result.used_in_days = static_cast<std::int32_t>(balance.burn->day_count);
    result.burn_per_day = amount_of(balance.burn->per_day);
  }
  return result;
}

}  // namespace xai::wire
