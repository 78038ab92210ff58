#include "base/clock.h"

#include <random>
#include <thread>

namespace xai::base {

Clock system_clock() {
  return [] {
    return std::chrono::time_point_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now());
  };
}

Sleep system_sleep() {
  return [](std::chrono::milliseconds span) { std::this_thread::sleep_for(span); };
}

Random system_random() {
  return [] {
    thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>{0.0, 1.0}(engine);
  };
}

}  // namespace xai::base
