#pragma once

#include "xai/management/error.h"

namespace xai::python {

/// Throws `error` as the XAIManagementError that Python's callers catch. Needs the GIL.
[[noreturn]] void raise(const management::Error& error);

}  // namespace xai::python
