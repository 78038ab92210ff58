#pragma once

#include <functional>

#include "xai/management/transport.h"

namespace xai::http {

/// Sends nothing more once `is_cancelled` is true; it may be empty.
management::Transport with_cancellation(management::Transport next,
                                        std::function<bool()> is_cancelled);

/// The error of a request that was given up before it was sent.
management::Error cancelled();

}  // namespace xai::http
