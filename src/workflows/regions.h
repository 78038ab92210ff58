#pragma once

#include <string>
#include <vector>

#include "workflows/call.h"
#include "xai/management/regions.h"

namespace xai::workflows {

/// `management::regions`, of the cluster `only` or, for an empty one, of all.
management::Result<std::vector<management::Region>> regions(const Call& call,
                                                            const std::string& only);

}  // namespace xai::workflows
