#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/result.h"
#include "xai/management/timestamp.h"

namespace date {
class time_zone;
}

namespace xai::base {

/// A time on the clocks of a zone, which alone is no instant.
using LocalTime = std::chrono::local_seconds;

/// A time zone of the IANA database, by the tzdata that the system has. Copies are cheap.
class Zone {
 public:
  /// UTC, which needs no database.
  Zone() = default;

  /// Errors: invalid_argument for a name that is not in the database; failed_precondition where
  /// libdate-tz3 is not installed. `UTC`, `Etc/UTC` and `Etc/GMT` need neither.
  static management::Result<Zone> find(std::string_view name);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool is_utc() const { return zone_ == nullptr; }

  /// What the zone's clocks show at `time`, to the second.
  [[nodiscard]] LocalTime local(management::Timestamp time) const;

  /// The first instant at which the zone's clocks show `local` or more: the later side of a gap,
  /// the earlier of two times alike.
  [[nodiscard]] management::Timestamp instant(LocalTime local) const;

  /// The first instant of the day: where midnight is skipped, what comes after it.
  [[nodiscard]] management::Timestamp start_of(std::chrono::local_days day) const {
    return instant(LocalTime{day});
  }

 private:
  Zone(std::string name, const date::time_zone* zone) : name_{std::move(name)}, zone_{zone} {}

  std::string name_{"UTC"};
  const date::time_zone* zone_{};  ///< None for UTC.
};

/// `2026-10-01 00:00:00`.
std::string format_local(LocalTime time);

}  // namespace xai::base
