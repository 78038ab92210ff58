#include "base/zone.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/not_sent.h"
#include "base/try.h"
#include "base/zone_library.h"

namespace xai::base {

using management::ErrorKind;
using management::Result;
using management::Timestamp;
using namespace std::chrono;

namespace {

/// The stretch of unchanging offset that `time` lies in. The library is there, else there would
/// be no zone to ask about.
date::sys_info info_of(const date::time_zone* zone, sys_seconds time) {
  return zone_library()->info_of(zone, time);
}

// The library throws where a file is missing, and its exceptions cannot pass into a program that
// has libstdc++ inside: what it would trip over is looked for first.

constexpr std::string_view folder = "/usr/share/zoneinfo";

bool has_folder() {
  struct stat status{};
  return ::stat(std::string{folder}.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool has_file(std::string_view name) {
  if (name.contains("..")) return false;
  const std::string path = std::string{folder} + "/" + std::string{name};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  std::array<char, 4> start{};
  const bool is_whole = ::read(file, start.data(), start.size()) == ssize_t{start.size()};
  ::close(file);
  return is_whole && std::string_view{start.data(), start.size()} == "TZif";
}

bool is_utc_name(std::string_view name) {
  static constexpr std::array<std::string_view, 6> names{"UTC", "Etc/UTC", "Etc/GMT",
                                                         "GMT", "Etc/UCT", "Zulu"};
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
  if (is_utc_name(name)) return Zone{std::string{name}, nullptr};
  if (!has_folder()) return no_zones("there is no time zone database in " + std::string{folder});
  if (has_file(name)) {
    const auto library = TRY(zone_library());
    for (const date::time_zone& zone : library.database().zones)
      if (zone.name() == name) return Zone{std::string{name}, &zone};
  }
  return invalid_argument("there is no such time zone", "give an IANA name such as Europe/Paris");
}

LocalTime Zone::local(Timestamp time) const {
  const auto second = floor<seconds>(time);
  const seconds offset = zone_ == nullptr ? seconds{} : info_of(zone_, second).offset;
  return LocalTime{second.time_since_epoch() + offset};
}

Timestamp Zone::instant(LocalTime local) const {
  const sys_seconds as_utc{local.time_since_epoch()};
  if (zone_ == nullptr) return as_utc;
  // No offset is as large as this, so no change of offset that matters lies before.
  date::sys_info info = info_of(zone_, as_utc - hours{26});
  while (as_utc - info.offset >= info.end) info = info_of(zone_, info.end);
  return std::max(as_utc - info.offset, info.begin);
}

std::string format_local(LocalTime time) {
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::array<char, 48> buffer{};
  const int size = std::snprintf(
      buffer.data(), buffer.size(), "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {buffer.data(), static_cast<std::size_t>(size)};
}

}  // namespace xai::base
