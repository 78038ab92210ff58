#pragma once

#include <string>
#include <vector>

#include "workflows/call.h"

namespace xai::workflows {

/// Remembers that a run on this machine got the secret of that key, so that no other run takes
/// the key for the one it lost. Best effort.
void remember_minted(const Call& call, const std::string& api_key_id);
/// The keys remembered, some thousands of them at least.
std::vector<std::string> minted_before(const Call& call);

}  // namespace xai::workflows
