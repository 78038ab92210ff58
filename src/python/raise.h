#pragma once

#include <pybind11/pybind11.h>

#include "xai/management/error.h"

namespace xai::python {

/// `error` as the XAIManagementError of its kind. Needs the GIL.
pybind11::object exception_of(const management::Error& error);

/// Throws it, for Python's callers to catch.
[[noreturn]] void raise(const management::Error& error);

}  // namespace xai::python
