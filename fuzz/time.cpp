// Times: what is written is read again as the same instant, and the system's calendar agrees.
#include <ctime>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_text.h"
#include "base/zone.h"
#include "input.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

using base::Zone;
using management::Timestamp;
using namespace std::chrono;

constexpr Timestamp first_time{sys_days{year{1} / January / 1}};
constexpr Timestamp behind_last_time{sys_days{year{10'000} / January / 1}};

/// An instant that a four-digit year can tell.
Timestamp time_of(std::uint64_t number) {
  const auto span = static_cast<std::uint64_t>((behind_last_time - first_time).count());
  return first_time + microseconds{static_cast<std::int64_t>(number % span)};
}

int digits_at(std::string_view text, std::size_t place, std::size_t count) {
  int value = 0;
  for (const char digit : text.substr(place, count)) value = value * 10 + (digit - '0');
  return value;
}

/// The instant of an RFC 3339 text that has been read, by the system's calendar.
Timestamp time_by_calendar(std::string_view text) {
  std::tm parts{};
  parts.tm_year = digits_at(text, 0, 4) - 1900;
  parts.tm_mon = digits_at(text, 5, 2) - 1;
  parts.tm_mday = digits_at(text, 8, 2);
  parts.tm_hour = digits_at(text, 11, 2);
  parts.tm_min = digits_at(text, 14, 2);
  parts.tm_sec = digits_at(text, 17, 2);
  text.remove_prefix(19);
  std::int64_t fraction = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    for (int i = 0; i < 6; ++i) {
      fraction *= 10;
      if (text.front() < '0' || text.front() > '9') continue;
      fraction += text.front() - '0';
      text.remove_prefix(1);
    }
    text.remove_prefix(text.find_first_not_of("0123456789"));
  }
  if (text.size() > 1) {
    const int ahead = digits_at(text, 1, 2) * 60 + digits_at(text, 4, 2);
    parts.tm_min -= text.front() == '+' ? ahead : -ahead;
  }
  return Timestamp{seconds{::timegm(&parts)} + microseconds{fraction}};
}

void look_at_rfc3339(std::string_view text) {
  const auto time = base::parse_rfc3339(text);
  Timestamp untouched{microseconds{42}};
  require(base::parse_rfc3339(text, untouched) == time.has_value(), "both forms read it or not");
  require(untouched == time.value_or(Timestamp{microseconds{42}}),
          "what is not read changes nothing");
  if (!time) return;
  require(*time == time_by_calendar(text), "the calendar agrees");
  require(base::parse_rfc3339(base::format_rfc3339(*time)) == time, "it is written and read again");
}

void look_at_instant(Timestamp time) {
  const std::string text = base::format_rfc3339(time);
  require(base::parse_rfc3339(text) == time, "what is written is read again");
  require(time_by_calendar(text) == time, "and by the calendar");
  const auto second = floor<seconds>(time);
  require(base::parse_http_date(base::format_http_date(time)) == second, "as a date of HTTP too");
  const auto day = floor<days>(time);
  require(base::parse_date(text.substr(0, 10)) == day, "its date alone is its first instant");
}

/// A span by another way: unit by unit in a table, each digit looked at.
std::optional<seconds> span_by_digits(std::string_view text) {
  constexpr std::string_view units = "smhdw";
  constexpr std::array<std::int64_t, 5> sizes{1, 60, 3'600, 86'400, 604'800};
  constexpr double seconds_max = 100.0 * 366 * 86'400;
  double total = 0;
  bool has_digit = false;
  double count = 0;
  for (const char letter : text) {
    if (letter >= '0' && letter <= '9') {
      count = count * 10 + (letter - '0');
      has_digit = true;
      continue;
    }
    const std::size_t unit = units.find(letter);
    if (unit == std::string_view::npos || !has_digit) return std::nullopt;
    total += count * static_cast<double>(sizes.at(unit));
    count = 0;
    has_digit = false;
  }
  if (text.empty() || has_digit || total > seconds_max) return std::nullopt;
  return seconds{static_cast<std::int64_t>(total)};
}

void look_at_span(std::string_view text) {
  require(base::parse_span(text) == span_by_digits(text), "both ways read the same span");
}

void look_at_http_date(std::string_view text) {
  const auto time = base::parse_http_date(text);
  if (!time) return;
  require(base::parse_http_date(base::format_http_date(*time)) == time,
          "a date of HTTP is written and read again");
}

void look_at_date(std::string_view text) {
  const auto time = base::parse_date(text);
  if (!time) return;
  require(base::format_rfc3339(*time) == std::string{text} + "T00:00:00Z",
          "a date is its midnight");
}

const Zone& zone_at(std::size_t choice) {
  static const std::vector<Zone> zones = [] {
    std::vector<Zone> found;
    for (const std::string_view name :
         {"UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
          "Africa/Casablanca", "America/Havana", "Asia/Kathmandu", "Europe/Dublin",
          "America/Asuncion"})
      // A system without zones has UTC.
      found.push_back(Zone::find(name).value_or(Zone{}));
    return found;
  }();
  return zones.at(choice % zones.size());
}

void look_at_zone(const Zone& zone, Timestamp time) {
  const auto second = floor<seconds>(time);
  const base::LocalTime shown = zone.local(time);
  const Timestamp first = zone.instant(shown);
  require(first <= second, "no earlier instant shows as much");
  require(zone.local(first) >= shown, "the instant shows it, or what comes after a gap");
  require(zone.local(first - seconds{1}) < shown, "and the one before shows less");
  require(base::format_local(shown).size() >= 19, "what is shown has a form");
}

}  // namespace

void time(std::string_view bytes) {
  Input input{bytes};
  switch (input.choice(6)) {
    case 0:
      return look_at_rfc3339(input.rest());
    case 1:
      return look_at_instant(time_of(input.number(8)));
    case 2:
      return look_at_span(input.rest());
    case 3:
      return look_at_http_date(input.rest());
    case 4:
      return look_at_date(input.rest());
    default: {
      const Zone& zone = zone_at(input.choice(10));
      return look_at_zone(zone, time_of(input.number(8)));
    }
  }
}

}  // namespace xai::fuzz
