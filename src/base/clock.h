#pragma once

#include <chrono>
#include <functional>

#include "xai/management/timestamp.h"

namespace xai::base {

/// The seams of time and chance: tests put fakes here, so they neither wait nor vary.
using Clock = std::function<management::Timestamp()>;
using Sleep = std::function<void(std::chrono::milliseconds)>;
/// A number in [0, 1).
using Random = std::function<double()>;

Clock system_clock();
Sleep system_sleep();
Random system_random();

}  // namespace xai::base
