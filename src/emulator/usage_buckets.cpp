#include "emulator/usage_buckets.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "base/time_text.h"

namespace xai::emulator {

using base::LocalTime;
using management::Timestamp;
using namespace std::chrono;

namespace {

local_days first_day(LocalTime time, UsageUnit unit) {
  const auto day = floor<days>(time);
  if (unit == UsageUnit::day) return day;
  if (unit == UsageUnit::week) return day - (weekday{day} - Monday);
  const year_month_day date{day};
  return local_days{date.year() / date.month() / 1};
}

local_days next_day(local_days day, UsageUnit unit) {
  if (unit == UsageUnit::day) return day + days{1};
  if (unit == UsageUnit::week) return day + days{7};
  const year_month_day date{day};
  return local_days{(year_month{date.year(), date.month()} + months{1}) / 1};
}

seconds length_of(UsageUnit unit) {
  switch (unit) {
    case UsageUnit::hour:
      return hours{1};
    case UsageUnit::quarter_hour:
      return minutes{15};
    case UsageUnit::minute:
      return minutes{1};
    default:
      return seconds{1};
  }
}

}  // namespace

std::optional<UsageUnit> parse_usage_unit(std::string_view name) {
  using enum UsageUnit;
  static constexpr std::array<std::pair<std::string_view, UsageUnit>, 8> units{{
      {"TIME_UNIT_MONTH", month},
      {"TIME_UNIT_CALENDAR_WEEK", week},
      {"TIME_UNIT_DAY", UsageUnit::day},
      {"TIME_UNIT_HOUR", hour},
      {"TIME_UNIT_QUARTER_HOUR", quarter_hour},
      {"TIME_UNIT_MINUTE", minute},
      {"TIME_UNIT_SECOND", second},
      {"TIME_UNIT_NONE", whole},
  }};
  for (const auto& [text, unit] : units)
    if (text == name) return unit;
  return std::nullopt;
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
  constexpr std::string_view form = "YYYY-MM-DD HH:MM:SS";
  if (text.size() != form.size() || text[10] != ' ') return std::nullopt;
  std::string rfc3339{text};
  rfc3339[10] = 'T';
  const auto time = base::parse_rfc3339(rfc3339 + "Z");
  if (!time) return std::nullopt;
  return LocalTime{floor<seconds>(time->time_since_epoch())};
}

std::optional<std::vector<Timestamp>> usage_buckets(const base::Zone& zone, LocalTime start,
                                                    LocalTime end, UsageUnit unit,
                                                    std::size_t most) {
  std::vector<Timestamp> buckets;
  const auto add = [&](Timestamp begin) {
    // A day that the zone's calendar skipped begins when the next one does.
    if (buckets.empty() || buckets.back() < begin) buckets.push_back(begin);
    return buckets.size() <= most;
  };
  if (unit == UsageUnit::whole) {
    buckets.push_back(zone.instant(start));
  } else if (unit <= UsageUnit::day) {
    for (local_days day = first_day(start, unit); LocalTime{day} < end; day = next_day(day, unit))
      if (!add(zone.start_of(day))) return std::nullopt;
  } else {
    // Steps of one length, as in a night of 25 hours two of them show alike.
    const seconds length = length_of(unit);
    const Timestamp stop = zone.instant(end);
    const LocalTime first = start - start.time_since_epoch() % length;
    for (Timestamp begin = zone.instant(first); begin < stop; begin += length)
      if (!add(begin)) return std::nullopt;
  }
  return buckets;
}

}  // namespace xai::emulator
