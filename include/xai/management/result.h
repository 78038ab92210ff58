#pragma once

#include <version>

#if !defined(__cpp_lib_expected)
#error "xai_management needs C++23: compile with -std=c++23 (GCC 12 or clang 16, or later)"
#endif

#include <expected>

#include "xai/management/error.h"

namespace xai::management {

/// A value, or the reason why there is none. No public function throws.
template <class T>
using Result = std::expected<T, Error>;

}  // namespace xai::management
