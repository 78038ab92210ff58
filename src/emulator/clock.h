#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"
#include "xai/management/timestamp.h"

namespace xai::emulator {

/// The emulator's idea of now, on which every answer depends: it stands still where it was put,
/// or runs beside the system's clock. Both kinds can be moved.
class Clock {
 public:
  explicit Clock(std::optional<management::Timestamp> standing_at, base::Clock running);

  [[nodiscard]] management::Timestamp now() const;
  [[nodiscard]] bool stands_still() const { return standing_at_.has_value(); }
  void set(management::Timestamp now);
  void advance(std::chrono::microseconds span);

 private:
  std::optional<management::Timestamp> standing_at_;
  base::Clock running_;
  std::chrono::microseconds ahead_{};
};

}  // namespace xai::emulator
