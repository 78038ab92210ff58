#include "base/time_text.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>

namespace xai::base {

using management::Timestamp;
using namespace std::chrono;

namespace {

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekday_names{"Sun", "Mon", "Tue", "Wed",
                                                        "Thu", "Fri", "Sat"};

/// Reads exactly `width` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (const char digit : text.substr(0, width)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// The number in the `width` digits at `digits`; negative when they are not all digits.
template <std::size_t width>
int number_at(const char* digits) {
  unsigned value = 0;
  bool is_good = true;
  for (std::size_t i = 0; i < width; ++i) {
    const auto digit = static_cast<unsigned>(digits[i]) - '0';
    is_good &= digit <= 9;
    value = value * 10 + digit;
  }
  return is_good ? static_cast<int>(value) : -1;
}

struct Fraction {
  microseconds value;  ///< Of a second; further digits are cut.
  std::size_t width;   ///< How many digits there are.
};

Fraction fraction_at_front(std::string_view text) {
  constexpr std::size_t width = 6;
  // Six digits are what the service writes.
  if (text.size() > width && !is_digit(text[width])) {
    const char* digits = text.data();
    const int thousands = number_at<3>(digits);
    const int ones = number_at<3>(digits + 3);
    if ((thousands | ones) >= 0) return {microseconds{thousands * 1'000 + ones}, width};
  }
  std::size_t size = 0;
  std::int64_t value = 0;
  for (; size < text.size() && is_digit(text[size]); ++size)
    if (size < width) value = value * 10 + (text[size] - '0');
  for (std::size_t i = size; i < width; ++i) value *= 10;
  return {microseconds{value}, size};
}

bool take(std::string_view& text, std::string_view letters) {
  if (text.empty() || letters.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<sys_days> take_date(std::string_view& text) {
  const auto y = take_digits(text, 4);
  if (!y || !take(text, "-")) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || !take(text, "-")) return std::nullopt;
  const auto d = take_digits(text, 2);
  if (!d) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)},
                            day{static_cast<unsigned>(*d)}};
  if (!date.ok() || *y == 0) return std::nullopt;
  return sys_days{date};
}

std::optional<seconds> take_clock(std::string_view& text) {
  const auto h = take_digits(text, 2);
  if (!h || !take(text, ":")) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || !take(text, ":")) return std::nullopt;
  const auto s = take_digits(text, 2);
  // 60 is a leap second, which lies in the next minute on our clock.
  if (!s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  return hours{*h} + minutes{*m} + seconds{*s};
}

/// What lies beyond the years of four digits could not be written again.
bool can_be_written(Timestamp time) {
  constexpr sys_days year_1{year{1} / January / 1};
  constexpr sys_days year_10000{year{10'000} / January / 1};
  return time >= year_1 && time < year_10000;
}

/// How far the zone, `Z` or `+02:00`, is ahead of UTC.
std::optional<seconds> offset_of(std::string_view zone) {
  constexpr std::size_t offset_width = 6;
  if (zone.size() == 1 && (zone.front() == 'Z' || zone.front() == 'z')) return seconds{};
  if (zone.size() != offset_width || zone[3] != ':') return std::nullopt;
  const char* place = zone.data();
  const int h = number_at<2>(place + 1);
  const int m = number_at<2>(place + 4);
  if ((h | m) < 0 || h > 23 || m > 59) return std::nullopt;
  const seconds offset = hours{h} + minutes{m};
  if (zone.front() == '-') return -offset;
  return zone.front() == '+' ? std::optional{offset} : std::nullopt;
}

}  // namespace

bool parse_rfc3339(std::string_view text, Timestamp& out) {
  // Lists hold two or three times per key, so the part of fixed width is read by place.
  constexpr std::size_t fixed_width = 19;
  if (text.size() <= fixed_width) return false;
  const char* place = text.data();
  const int y = number_at<4>(place);
  const int m = number_at<2>(place + 5);
  const int d = number_at<2>(place + 8);
  const int h = number_at<2>(place + 11);
  const int min = number_at<2>(place + 14);
  const int s = number_at<2>(place + 17);
  const bool is_punctuated = place[4] == '-' && place[7] == '-' && place[13] == ':' &&
                             place[16] == ':' &&
                             (place[10] == 'T' || place[10] == 't' || place[10] == ' ');
  // 60 is a leap second, which lies in the next minute on our clock.
  if (!is_punctuated || (y | m | d | h | min | s) < 0 || h > 23 || min > 59 || s > 60) return false;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                            day{static_cast<unsigned>(d)}};
  if (!date.ok()) return false;
  const seconds clock = hours{h} + minutes{min} + seconds{s};
  Fraction fraction{};
  std::size_t zone_place = fixed_width;
  if (text[fixed_width] == '.') {
    fraction = fraction_at_front(text.substr(fixed_width + 1));
    if (fraction.width == 0) return false;
    zone_place += 1 + fraction.width;
  }
  const auto offset = offset_of(text.substr(zone_place));
  if (!offset) return false;
  const Timestamp time = Timestamp{sys_days{date}} + clock + fraction.value - *offset;
  if (!can_be_written(time)) return false;
  out = time;
  return true;
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  Timestamp time;
  return parse_rfc3339(text, time) ? std::optional{time} : std::nullopt;
}

std::optional<Timestamp> parse_date(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !text.empty()) return std::nullopt;
  return Timestamp{*date};
}

std::string format_month(int year, int month) {
  return std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

std::string format_rfc3339(Timestamp time) {
  const auto date_point = floor<days>(time);
  const year_month_day date{date_point};
  const hh_mm_ss clock{time - date_point};
  std::array<char, 48> buffer{};
  const auto fraction = static_cast<int>(clock.subseconds().count());
  int size = std::snprintf(
      buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  std::string result(buffer.data(), static_cast<std::size_t>(size));
  if (fraction != 0) {
    size = std::snprintf(buffer.data(), buffer.size(), ".%06d", fraction);
    result.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return result + "Z";
}

std::optional<seconds> parse_span(std::string_view text) {
  constexpr std::int64_t span_max = 100LL * 366 * 86'400;
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  while (!text.empty()) {
    if (!is_digit(text.front())) return std::nullopt;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count > span_max) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) return std::nullopt;
    std::int64_t unit = 0;
    switch (text.front()) {
      case 's':
        unit = 1;
        break;
      case 'm':
        unit = 60;
        break;
      case 'h':
        unit = 3'600;
        break;
      case 'd':
        unit = 86'400;
        break;
      case 'w':
        unit = 604'800;
        break;
      default:
        return std::nullopt;
    }
    text.remove_prefix(1);
    total += count * unit;
    if (total > span_max) return std::nullopt;
  }
  return seconds{total};
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos) return std::nullopt;
  text.remove_prefix(comma + 2);
  const auto d = take_digits(text, 2);
  if (!d || !take(text, " ") || text.size() < 3) return std::nullopt;
  unsigned month_number = 0;
  for (std::size_t i = 0; i < month_names.size(); ++i)
    if (text.starts_with(month_names[i])) month_number = static_cast<unsigned>(i) + 1;
  text.remove_prefix(3);
  if (month_number == 0 || !take(text, " ")) return std::nullopt;
  const auto y = take_digits(text, 4);
  if (!y || !take(text, " ")) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock || text != " GMT") return std::nullopt;
  const year_month_day date{year{*y}, month{month_number}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  const Timestamp time = Timestamp{sys_days{date}} + *clock;
  return can_be_written(time) ? std::optional{time} : std::nullopt;
}

std::string format_http_date(Timestamp time) {
  const auto date_point = floor<days>(time);
  const year_month_day date{date_point};
  const hh_mm_ss clock{floor<seconds>(time) - date_point};
  std::array<char, 48> buffer{};
  const int size = std::snprintf(
      buffer.data(), buffer.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
      weekday_names.at(weekday{date_point}.c_encoding()).data(), static_cast<unsigned>(date.day()),
      month_names.at(static_cast<unsigned>(date.month()) - 1).data(), static_cast<int>(date.year()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {buffer.data(), static_cast<std::size_t>(size)};
}

}  // namespace xai::base
