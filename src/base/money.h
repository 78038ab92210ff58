#pragma once

#include <cstdint>
#include <string>

namespace xai::base {

/// `units` × 10^-places as exact decimal text: at least two digits behind the point, and no
/// zeros after those. `decimal(30000, 4)` is `3.00`.
std::string decimal(std::int64_t units, unsigned places);

}  // namespace xai::base
