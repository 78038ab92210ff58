#include "client/service_clock.h"

#include <utility>

#include "base/time_text.h"

namespace xai::client {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Timestamp;
using management::Transport;

Timestamp ServiceClock::now() const {
  const std::int64_t lead_us = lead_us_;
  const Timestamp ours = clock_();
  if (lead_us == unknown) return ours;
  return std::chrono::floor<std::chrono::seconds>(ours + std::chrono::microseconds{lead_us});
}

void ServiceClock::learn(const HttpResponse& response) const {
  if (const auto there = base::parse_http_date(response.header("date")))
    lead_us_ = std::chrono::microseconds{*there - clock_()}.count();
}

Transport with_service_clock(Transport next, const ServiceClock& clock) {
  return [next = std::move(next), &clock](const HttpRequest& request) -> Result<HttpResponse> {
    auto response = next(request);
    if (response) clock.learn(*response);
    return response;
  };
}

}  // namespace xai::client
