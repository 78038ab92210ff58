#include "workflows/call.h"

#include <algorithm>

#include "client/settings.h"

namespace xai::workflows {

using management::Timestamp;

client::Deadline Call::deadline() const {
  return options_.deadline.count() == 0 ? client::deadline_of(client()) : deadline_;
}

std::optional<client::Deadline> Call::own_deadline() const {
  if (options_.deadline.count() == 0) return std::nullopt;
  return deadline_;
}

Call Call::for_look() const {
  constexpr std::chrono::milliseconds limit = std::chrono::minutes{2};
  // What is left of a limit that is used up makes the look fail at once.
  const auto left = deadline_.left().value_or(std::chrono::milliseconds{1});
  management::CallOptions options = options_;
  options.deadline = left.count() > 0 ? std::min(left, limit) : limit;
  return Call{*account_, std::move(options)};
}

std::string Call::region() const {
  const std::string& region = client().pipeline().options.region;
  return region == "auto" || region == "api" ? std::string{} : region;
}

bool Call::is_cancelled() const {
  const auto& of_client = client().pipeline().options.is_cancelled;
  return (options_.is_cancelled && options_.is_cancelled()) || (of_client && of_client());
}

void Call::tell(const management::Event& event) const {
  if (options_.tell) options_.tell(event);
}

Timestamp Call::now() const { return client().pipeline().seams.clock(); }

Timestamp Call::service_now() const { return client().pipeline().service_clock.now(); }

void Call::pause(std::chrono::milliseconds span) const {
  // Nothing wakes a thread when a function's answer changes, so it is asked now and then.
  constexpr std::chrono::milliseconds step_max{200};
  const auto& sleep = client().pipeline().seams.sleep;
  if (!options_.is_cancelled) {
    if (!is_cancelled()) sleep(span);
    return;
  }
  for (; span.count() > 0 && !is_cancelled(); span -= step_max) sleep(std::min(span, step_max));
}

}  // namespace xai::workflows

namespace xai::management {

std::string default_state_folder() {
  return client::state_folder(client::environment_variable).value_or("");
}

}  // namespace xai::management
