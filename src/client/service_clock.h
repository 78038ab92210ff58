#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>

#include "base/clock.h"
#include "xai/management/transport.h"

namespace xai::client {

/// The service's time, as the `Date` of its answers has it. Threads may share one.
class ServiceClock {
 public:
  explicit ServiceClock(base::Clock clock) : clock_{std::move(clock)} {}

  /// Now by the service's clock, to the second, once an answer has told it; else by ours.
  [[nodiscard]] management::Timestamp now() const;
  [[nodiscard]] bool is_known() const { return lead_us_ != unknown; }

  /// Learns from any answer, whatever its status.
  void learn(const management::HttpResponse& response) const;

 private:
  static constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::min();

  base::Clock clock_;
  /// Of the service's clock before ours.
  mutable std::atomic<std::int64_t> lead_us_{unknown};
};

/// Lets `clock` learn from every attempt. It must outlive the transport.
management::Transport with_service_clock(management::Transport next, const ServiceClock& clock);

}  // namespace xai::client
