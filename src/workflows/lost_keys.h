#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/call.h"
#include "workflows/record.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

/// Keys that a create with a lost answer may have made: of this name and this creator, no older
/// than its start by the service's clock, and not one whose secret another run here got.
/// Errors: under_way while another run creates a key of that name; those of the look-ups.
management::Result<std::vector<management::ApiKey>> find_lost_keys(const Call& call,
                                                                   const Record& record);

/// What the list knows of a key whose answer broke off; none when it cannot be told.
std::optional<management::ApiKey> find_cut_key(const Call& call, const Record& record);

}  // namespace xai::workflows
