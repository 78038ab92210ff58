#pragma once

#include <pybind11/pybind11.h>

#include "json/value.h"

namespace xai::python {

/// `value` as Python's json module would read it: integers of any size as int, other numbers as
/// float, objects as dict in their order.
pybind11::object to_python(json::Value value);

}  // namespace xai::python
