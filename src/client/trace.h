#pragma once

#include <functional>
#include <string_view>

#include "base/clock.h"
#include "xai/management/secret.h"
#include "xai/management/transport.h"

namespace xai::client {

/// Tells `trace` every attempt in full: the request before it goes, then the answer. Secrets are
/// struck out by the name of their member and wherever the credential stands; of headers a fixed
/// few are shown, and of a body that is not JSON only its size.
management::Transport with_trace(management::Transport next,
                                 std::function<void(std::string_view)> trace,
                                 management::Secret management_key, base::Clock clock);

}  // namespace xai::client
