#pragma once

#include "workflows/call.h"

namespace xai::workflows {

/// Asks for the service's time, unless an answer has told it. Any answer does, a refusal too; where
/// none comes, `service_now` stays this machine's time.
void learn_service_time(const Call& call);

}  // namespace xai::workflows
