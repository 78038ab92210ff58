#include "cli/commands/billing/runway.h"

#include <algorithm>
#include <limits>

namespace xai::cli {

using namespace management;
using namespace std::chrono;

namespace {

/// Beyond this it makes no difference how long.
constexpr seconds runway_max = days{36'500};

/// `credit` ÷ (used ÷ day_count), cut to the second.
seconds time_left(Cents credit, const Burn& burn) {
  constexpr std::int64_t micro_usd_per_cent = 10'000;
  const std::int64_t used_micro_usd =
      burn.used.rounded(6).value_or(std::numeric_limits<std::int64_t>::max());
  std::int64_t product = 0;
  if (used_micro_usd <= 0 ||
      __builtin_mul_overflow(credit.value, micro_usd_per_cent * burn.day_count, &product))
    return runway_max;
  // In two steps: the product times the seconds of a day may leave 64 bits.
  const days whole{product / used_micro_usd};
  if (whole >= runway_max) return runway_max;
  const std::int64_t rest = product % used_micro_usd;
  constexpr std::int64_t day_seconds = 86'400;
  std::int64_t part = 0;
  if (__builtin_mul_overflow(rest, day_seconds, &part)) return whole;
  return whole + seconds{part / used_micro_usd};
}

}  // namespace

std::optional<Cents> Burn::per_day() const {
  const auto micro_usd = used.rounded(6);
  if (!micro_usd || day_count == 0) return std::nullopt;
  const std::int64_t unit = 10'000 * day_count;
  const std::int64_t whole = *micro_usd / unit;
  return Cents{whole + (*micro_usd % unit >= unit / 2 ? 1 : 0)};
}

std::optional<sys_days> history_begins(const PrepaidBalance& ledger) {
  std::optional<sys_days> first;
  const auto note = [&](sys_days day) { first = first ? std::min(*first, day) : day; };
  for (const PrepaidBalanceChange& change : ledger.changes) {
    if (change.create_time) note(floor<days>(*change.create_time));
    if (change.create_ts) note(floor<days>(*change.create_ts));
    // Spending of a month proves no more than that there was usage by its end.
    if (const auto& y = change.spend_bp_key_year; y && change.spend_bp_key_month) {
      const year_month_day_last end{
          year{*y} / month{static_cast<unsigned>(*change.spend_bp_key_month)} / std::chrono::last};
      if (end.ok()) note(sys_days{end});
    }
  }
  return first;
}

std::optional<Burn> burn_of(const AnalyzeUsageResponse& usage,
                            const std::optional<sys_days>& known_since, sys_days today) {
  if (usage.limit_reached) return std::nullopt;
  Burn burn;
  const sys_days window_begin = today - burn_window;
  sys_days begin = known_since.value_or(today);
  base::DecimalSum used_today;
  for (const TimeSeries& series : usage.time_series)
    for (const DataPoint& point : series.data_points) {
      if (!point.timestamp || point.values.empty()) continue;
      const sys_days day = floor<days>(*point.timestamp);
      if (day < window_begin) continue;
      base::DecimalSum one;
      if (!one.add(point.values.front().text)) return std::nullopt;
      if (one.sign() != 0) begin = std::min(begin, day);
      (day < today ? burn.used : used_today).add(point.values.front().text);
    }
  burn.day_count = std::clamp<std::int64_t>((today - begin).count(), 0, burn_window.count());
  burn.has_begun_today = used_today.sign() > 0 && burn.used.sign() == 0;
  return burn;
}

std::optional<bool> Runway::is_below(seconds span) const {
  if (left) return *left < span;
  if (state == "used_up") return span > seconds::zero();
  if (state == "no_recent_usage") return false;
  return std::nullopt;
}

Runway runway_of(const std::optional<Cents>& credit, const std::optional<Burn>& burn) {
  if (!credit) return {};
  if (credit->value <= 0) return {.state = "used_up"};
  if (!burn) return {};
  if (burn->has_begun_today) return {.state = "not_enough_history"};
  // Negative usage is a correction; it makes no credit.
  if (burn->used.sign() <= 0) return {.state = "no_recent_usage"};
  if (burn->day_count == 0) return {.state = "not_enough_history"};
  return {.state = "known", .left = time_left(*credit, *burn)};
}

}  // namespace xai::cli
