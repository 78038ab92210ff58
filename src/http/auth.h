#pragma once

#include "xai/management/secret.h"
#include "xai/management/transport.h"

namespace xai::http {

/// Gives `management_key` to every request that brings no credential of its own.
/// Errors: unauthenticated, not sent, when there is none, or one that no header can carry.
management::Transport with_credential(management::Transport next,
                                      management::Secret management_key);

}  // namespace xai::http
