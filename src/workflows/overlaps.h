#pragma once

#include <string>

#include "workflows/call.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

/// Writes down how long the old secret of a key works on after a rotation from this machine.
void remember_overlap(const Call& call, const management::RotateApiKey& rotation);

/// Whether the rotation may be sent: another one ends at once the old secret that an earlier one
/// from this machine left working. One that is to end it at once anyway, as after a leak, always
/// may. Errors: within_overlap.
management::Result<void> check_overlap(const Call& call, const management::RotateApiKey& rotation);

}  // namespace xai::workflows
