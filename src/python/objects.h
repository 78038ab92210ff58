#pragma once

#include <pybind11/pybind11.h>

#include <string_view>

#include "json/value.h"

namespace xai::python {

/// `value` as Python's json module would read it: integers of any size as int, other numbers as
/// float, objects as dict in their order.
pybind11::object to_python(json::Value value);

/// A str; bytes that are no UTF-8 become replacement characters.
pybind11::object to_python(std::string_view text);

}  // namespace xai::python
