#include "emulator/usage_buckets.h"

#include <chrono>
#include <string>

#include "base/time_text.h"

namespace xai::emulator {

using base::LocalTime;
using management::Timestamp;
using management::TimeUnit;
using namespace std::chrono;

namespace {

local_days first_day(LocalTime time, TimeUnit unit) {
  const auto day = floor<days>(time);
  if (unit == TimeUnit::day) return day;
  if (unit == TimeUnit::calendar_week) return day - (weekday{day} - Monday);
  const year_month_day date{day};
  return local_days{date.year() / date.month() / 1};
}

local_days next_day(local_days day, TimeUnit unit) {
  if (unit == TimeUnit::day) return day + days{1};
  if (unit == TimeUnit::calendar_week) return day + days{7};
  const year_month_day date{day};
  return local_days{(year_month{date.year(), date.month()} + months{1}) / 1};
}

seconds length_of(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::hour:
      return hours{1};
    case TimeUnit::quarter_hour:
      return minutes{15};
    case TimeUnit::minute:
      return minutes{1};
    default:
      return seconds{1};
  }
}

}  // namespace

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
                                                    LocalTime end, TimeUnit unit,
                                                    std::size_t most) {
  std::vector<Timestamp> buckets;
  const auto add = [&](Timestamp begin) {
    // A day that the zone's calendar skipped begins when the next one does.
    if (buckets.empty() || buckets.back() < begin) buckets.push_back(begin);
    return buckets.size() <= most;
  };
  if (unit == TimeUnit::none) {
    buckets.push_back(zone.instant(start));
  } else if (unit <= TimeUnit::day) {
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
