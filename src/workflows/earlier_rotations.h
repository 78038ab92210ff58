#pragma once

#include <string>
#include <vector>

#include "workflows/call.h"
#include "workflows/record.h"

namespace xai::workflows {

/// Rotations of the key from this machine that are under way, or that broke off and may have been
/// made; none where the records cannot be listed.
std::vector<Record> unfinished_rotations(const Call& call, const std::string& api_key_id);

/// Those of them that broke off and that a rotation which begins now overtakes: it is so long since
/// they began that the service no longer works on them. One whose secret is kept is not among them,
/// for that may work on for an overlap.
std::vector<Record> overtaken_rotations(const Call& call, const std::string& api_key_id);

/// Drops their records, once the later rotation was answered.
void settle(const Call& call, const std::vector<Record>& overtaken);

}  // namespace xai::workflows
