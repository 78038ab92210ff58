#pragma once

#include <chrono>

namespace xai::management {

/// An instant in UTC, to the microsecond, as the service writes it.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

}  // namespace xai::management
