#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "xai/management/timestamp.h"

namespace xai::base {

/// `in 12 days`, `3 hours ago`, `just now`.
std::string relative_time(management::Timestamp time, management::Timestamp now);

/// `1 key`, `2 keys`.
std::string counted(std::size_t count, const std::string& noun);

/// The words joined by commas; `none` for none.
std::string listed(const std::vector<std::string>& words, const std::string& none = "none");

}  // namespace xai::base
