#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/clock.h"
#include "client/secrets.h"
#include "xai/management/transport.h"

namespace xai::client {

/// Tells `trace` every attempt in full: the request before it goes, then the answer. Secrets are
/// struck out by the name of their member and wherever one of `secrets` stands; of headers a fixed
/// few are shown, and of a body that is not JSON only its size.
management::Transport with_trace(management::Transport next,
                                 std::function<void(std::string_view)> trace,
                                 std::shared_ptr<const Secrets> secrets, base::Clock clock);

}  // namespace xai::client
