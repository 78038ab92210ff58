#pragma once

#include <string_view>

#include "xai/management/error.h"

/// How the service's gateway turns RPC codes into statuses, and what codes are called there.
namespace xai::emulator {

/// The number of a code; ours stand in their order.
int rpc_code(management::ErrorKind kind);

/// The status that a code is answered with.
int http_status(management::ErrorKind kind);

/// The code that agrees with a status of 400 or above.
management::ErrorKind kind_of_status(int status);

/// The sentence that the service has for a code when it has nothing better to say.
std::string_view words_of(management::ErrorKind kind);

}  // namespace xai::emulator
