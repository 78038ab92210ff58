#pragma once

#include <expected>
#include <string>

#include "xai/management/error.h"

namespace xai::base {

/// The error of a request that never left this machine.
management::Error not_sent(management::ErrorKind kind, std::string message, std::string next = {});

/// The same, where what the caller gave cannot be sent.
std::unexpected<management::Error> invalid_argument(std::string message, std::string next = {});

}  // namespace xai::base
