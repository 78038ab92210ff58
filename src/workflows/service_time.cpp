#include "workflows/service_time.h"

#include "client/call_scope.h"
#include "client/repeats.h"
#include "client/send.h"
#include "wire/descriptor.h"
#include "xai/management/management_keys.h"

namespace xai::workflows {

void learn_service_time(const Call& call) {
  if (call.known_service_now()) return;
  const client::CallScope scope{call.options()};
  const management::ValidateManagementKey question;
  client::Answer<management::ManagementKey> answer;
  (void)client::exchange(call.client(), wire::descriptor_of<management::ValidateManagementKey>(),
                         &question, client::Target::of(answer), call.deadline(),
                         client::Lists::read, client::Repeats::none);
}

}  // namespace xai::workflows
