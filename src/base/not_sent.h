#pragma once

#include <string>

#include "xai/management/error.h"

namespace xai::base {

/// The error of a request that never left this machine.
management::Error not_sent(management::ErrorKind kind, std::string message, std::string next = {});

}  // namespace xai::base
