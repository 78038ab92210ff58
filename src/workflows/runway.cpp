#include "workflows/runway.h"

#include <algorithm>
#include <limits>

namespace xai::workflows {

using namespace management;
using namespace std::chrono;

namespace {

/// Beyond this it makes no difference how long.
constexpr seconds runway_max = days{36'500};

/// `credit` ÷ (used ÷ day_count), cut to the second.
seconds time_left(Cents credit, const RecentUsage& usage) {
  constexpr std::int64_t micro_usd_per_cent = 10'000;
  const std::int64_t used_micro_usd =
      usage.used.rounded(6).value_or(std::numeric_limits<std::int64_t>::max());
  std::int64_t product = 0;
  if (used_micro_usd <= 0 ||
      __builtin_mul_overflow(credit.value, micro_usd_per_cent * usage.day_count, &product))
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

/// USD cents a day, to the nearest.
std::optional<Cents> per_day(const RecentUsage& usage) {
  const auto micro_usd = usage.used.rounded(6);
  if (!micro_usd || usage.day_count == 0) return std::nullopt;
  const std::int64_t unit = 10'000 * usage.day_count;
  const std::int64_t whole = *micro_usd / unit;
  return Cents{whole + (*micro_usd % unit >= unit / 2 ? 1 : 0)};
}

}  // namespace

Burn RecentUsage::burn() const {
  return {.used = {used.text()}, .day_count = day_count, .per_day = per_day(*this)};
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

std::optional<RecentUsage> recent_usage(const AnalyzeUsageResponse& usage,
                                        const std::optional<sys_days>& known_since,
                                        sys_days today) {
  if (usage.limit_reached) return std::nullopt;
  RecentUsage recent;
  const sys_days window_begin = today - burn_window;
  sys_days begin = known_since.value_or(today);
  base::DecimalSum used_today;
  for (const TimeSeries& series : usage.time_series)
    for (const DataPoint& point : series.data_points) {
      // A figure that is missing is not zero.
      if (!point.timestamp || point.values.empty()) return std::nullopt;
      const sys_days day = floor<days>(*point.timestamp);
      if (day < window_begin) continue;
      base::DecimalSum one;
      if (!one.add(point.values.front().text)) return std::nullopt;
      if (one.sign() != 0) begin = std::min(begin, day);
      (day < today ? recent.used : used_today).add(point.values.front().text);
    }
  recent.day_count = std::clamp<std::int64_t>((today - begin).count(), 0, burn_window.count());
  recent.has_begun_today = used_today.sign() > 0 && recent.used.sign() == 0;
  return recent;
}

Runway runway_of(const std::optional<Cents>& credit, const std::optional<RecentUsage>& usage) {
  if (!credit) return {.state = RunwayState::credit_unknown};
  if (credit->value <= 0) return {.state = RunwayState::used_up};
  if (!usage) return {.state = RunwayState::usage_incomplete};
  if (usage->has_begun_today) return {.state = RunwayState::not_enough_history};
  // Negative usage is a correction; it makes no credit.
  if (usage->used.sign() <= 0) return {.state = RunwayState::no_recent_usage};
  if (usage->day_count == 0) return {.state = RunwayState::not_enough_history};
  return {.state = RunwayState::known, .left = time_left(*credit, *usage)};
}

}  // namespace xai::workflows

namespace xai::management {

std::optional<bool> Runway::is_below(std::chrono::seconds span) const {
  if (left) return *left < span;
  if (state == RunwayState::used_up) return span > std::chrono::seconds::zero();
  if (state == RunwayState::no_recent_usage) return false;
  return std::nullopt;
}

}  // namespace xai::management
