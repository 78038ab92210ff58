#pragma once

#include <expected>

#include "xai/management/error.h"

namespace xai::management {

/// A value, or the reason why there is none. No public function throws.
template <class T>
using Result = std::expected<T, Error>;

}  // namespace xai::management
