#pragma once

#include <chrono>
#include <functional>

namespace xai::management {

struct Event;

/// What one call may take and whom it tells. A workflow of several requests is one call.
struct CallOptions {
  std::chrono::milliseconds deadline{};  ///< Of the whole call; 0 is the client's own limits.
  /// Asked before each request and while one waits, by each thread that the call uses; true ends
  /// the call with `cancelled`. A write that has left this machine is waited for all the same.
  std::function<bool()> is_cancelled{};
  std::function<void(const Event&)> tell{};  ///< On the caller's thread, one event at a time.
};

}  // namespace xai::management
