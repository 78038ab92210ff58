#pragma once

#include <functional>
#include <vector>

#include "workflows/call.h"

namespace xai::workflows {

/// Makes reads that do not need each other at the same time, the first on this thread; all have
/// ended when it returns. A client with a log or a trace makes them one by one, in order. Errors:
/// those of the look-up of the team, which they would else make each.
management::Result<void> side_by_side(const Call& call,
                                      const std::vector<std::function<void()>>& reads);

}  // namespace xai::workflows
