#pragma once

#include <chrono>
#include <mutex>
#include <numeric>
#include <vector>

#include "base/clock.h"

namespace xai::fakes {

/// A clock that moves when somebody sleeps on it, and a chance that is always `chance`.
class ManualTime {
 public:
  explicit ManualTime(management::Timestamp now = start(), double chance = 0.5)
      : now_{now}, chance_{chance} {}

  /// Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110's examples.
  static management::Timestamp start() {
    return management::Timestamp{std::chrono::seconds{784'111'777}};
  }

  base::Clock clock() {
    return [this] {
      const std::scoped_lock lock{mutex_};
      return now_;
    };
  }
  base::Sleep sleep() {
    return [this](std::chrono::milliseconds span) {
      const std::scoped_lock lock{mutex_};
      sleeps_.push_back(span);
      now_ += span;
    };
  }
  base::Random random() {
    return [this] { return chance_; };
  }

  void advance(std::chrono::milliseconds span) {
    const std::scoped_lock lock{mutex_};
    now_ += span;
  }
  std::vector<std::chrono::milliseconds> sleeps() {
    const std::scoped_lock lock{mutex_};
    return sleeps_;
  }

 private:
  std::mutex mutex_{};
  management::Timestamp now_;
  double chance_;
  std::vector<std::chrono::milliseconds> sleeps_{};
};

}  // namespace xai::fakes
