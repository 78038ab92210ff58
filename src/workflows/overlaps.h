#pragma once

#include <chrono>
#include <string>

#include "workflows/call.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

/// How long the old secret works on where a rotation does not say.
inline constexpr std::chrono::hours default_overlap{24};

/// Whether the rotation leaves the old secret no time, as after a leak.
bool ends_old_secret(const Call& call, const management::RotateApiKey& rotation);

/// Writes down how long the old secret of a key works on after a rotation from this machine.
void remember_overlap(const Call& call, const management::RotateApiKey& rotation);

/// Whether the rotation may be sent: another one ends at once the old secret that an earlier one
/// from this machine left working, or will once it is answered. One that is to end it at once
/// anyway always may. `own_record` is that of the rotation, where it has one already. Errors:
/// within_overlap.
management::Result<void> check_overlap(const Call& call, const management::RotateApiKey& rotation,
                                       const std::string& own_record = {});

}  // namespace xai::workflows
