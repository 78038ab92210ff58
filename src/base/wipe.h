#pragma once

#include <span>

namespace xai::base {

/// Overwrites what held a secret, even though nobody reads it again.
void wipe(std::span<char> bytes);

}  // namespace xai::base
