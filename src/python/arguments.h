#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "wire/descriptor.h"
#include "xai/management/secret.h"

namespace xai::python {

// From Python to C++. They throw TypeError and ValueError, which name the argument and never show
// its value: it may be a key in the wrong place.

std::string text_of(const pybind11::object& value, const char* name);
management::Secret secret_of(const pybind11::object& value);

/// The operation with the members that `arguments` names, as the service does or in snake_case. An
/// object may come as JSON text, which is read as an answer would be. Messages call a member by
/// the end of its name in snake_case, or as `names` has it.
wire::Object operation_of(const wire::Descriptor& descriptor, const pybind11::dict& arguments,
                          const pybind11::dict& names);

}  // namespace xai::python
