#include "workflows/call.h"

#include <algorithm>

#include "client/call_scope.h"
#include "client/settings.h"

namespace xai::workflows {

using management::Timestamp;

client::Deadline Call::deadline() const {
  return own_deadline_.value_or(client::deadline_of(client()));
}

Call Call::for_look(std::chrono::milliseconds limit) const {
  // What is left of a limit that is used up makes the look fail at once.
  management::CallOptions options = options_;
  options.deadline =
      own_deadline_ ? std::min(own_deadline_->left().value_or(std::chrono::milliseconds{1}), limit)
                    : limit;
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

std::optional<Timestamp> Call::known_service_now() const {
  if (!client().pipeline().service_clock.is_known()) return std::nullopt;
  return service_now();
}

void Call::pause(std::chrono::milliseconds span) const {
  const client::CallScope scope{options_};
  client().pipeline().seams.sleep(span);
}

}  // namespace xai::workflows

namespace xai::management {

std::string default_state_folder() {
  return client::state_folder(client::environment_variable).value_or("");
}

}  // namespace xai::management
