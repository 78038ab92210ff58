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

void write(json::Writer& writer, const Shown<Cents>& money) {
  writer.begin_object();
  writer.key("cents");
  writer.string(std::to_string(money.value.value));
  writer.key("usd");
  writer.string(base::format_usd(money.value));
  writer.end_object();
}

void write(json::Writer& writer, const Shown<Decimal>& number) { writer.string(number.value.text); }

void write(json::Writer& writer, const Shown<std::chrono::sys_days>& day) {
  writer.string(base::format_rfc3339(day.value).substr(0, 10));
}

void write(json::Writer& writer, const Shown<RunwayState>& state) {
  writer.string(word_of(state.value));
}

std::optional<std::string> cycle_result(const Balance& balance) {
  if (!balance.cycle) return std::nullopt;
  return base::format_month(balance.cycle->year, balance.cycle->month);
}

RunwayResult runway_result(const Balance& balance) {
  RunwayResult result{.state = {balance.runway.state}};
  if (balance.runway.left) {
    const std::chrono::days days{balance.runway.days_left()};
    result.days = static_cast<std::int32_t>(days.count());
    result.until = {balance.day + days};
  }
  if (balance.burn) {
    result.used_usd = {balance.burn->used};
    result.used_in_days = static_cast<std::int32_t>(balance.burn->day_count);
    if (balance.burn->per_day) result.burn_per_day = {*balance.burn->per_day};
  }
  return result;
}

}  // namespace xai::wire
