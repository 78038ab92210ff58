#pragma once

#include <string>

#include "xai/management/result.h"
#include "xai/management/timestamp.h"

namespace xai::workflows {

/// `time` as the end of a key or of a secret, which `what` names in messages. One that is over is
/// refused: what works would stop at once, and a new key would never work.
/// Errors: invalid_argument.
management::Result<management::Timestamp> expiry_of(const std::string& what,
                                                    management::Timestamp time,
                                                    management::Timestamp now);

}  // namespace xai::workflows
