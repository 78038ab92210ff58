#include "emulator/clock.h"

#include <utility>

namespace xai::emulator {

Clock::Clock(std::optional<management::Timestamp> standing_at, base::Clock running)
    : standing_at_{standing_at}, running_{std::move(running)} {}

management::Timestamp Clock::now() const {
  return standing_at_ ? *standing_at_ : running_() + ahead_;
}

void Clock::set(management::Timestamp now) { advance(now - this->now()); }

void Clock::advance(std::chrono::microseconds span) {
  if (standing_at_)
    *standing_at_ += span;
  else
    ahead_ += span;
}

}  // namespace xai::emulator
