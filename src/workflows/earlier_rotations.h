#pragma once

#include <string>
#include <vector>

#include "workflows/call.h"
#include "workflows/record.h"

namespace xai::workflows {

/// Rotations of the key from this machine that broke off, and may have been made; none where the
/// records cannot be listed.
std::vector<Record> earlier_rotations(const Call& call, const std::string& api_key_id);

/// Drops the records of those that were overtaken by a rotation with an answer: the key has a newer
/// secret than any that they made. One whose own secret is kept stays, for that may work on for an
/// overlap.
void settle_overtaken(const Call& call, const std::string& api_key_id);

}  // namespace xai::workflows
