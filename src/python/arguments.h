#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <vector>

#include "wire/descriptor.h"
#include "xai/management/secret.h"
#include "xai/management/timestamp.h"

namespace xai::python {

// From Python to C++. They throw TypeError and ValueError, which name the argument and never show
// its value: it may be a key in the wrong place.

std::string text_of(const pybind11::object& value, const char* name);
/// Refuses an empty one.
std::string filled_text_of(const pybind11::object& value, const char* name);
std::vector<std::string> texts_of(const pybind11::object& value, const char* name);
/// RFC 3339, or a date as its first instant in UTC.
management::Timestamp time_of(const pybind11::handle& value, const std::string& name);
management::Secret secret_of(const pybind11::object& value, const std::string& name);

/// The operation with the members that `arguments` names, as the service does or in snake_case. An
/// object may come as JSON text, which is read as an answer would be. Messages call a member by
/// the end of its name in snake_case, or as `names` has it.
wire::Object operation_of(const wire::Descriptor& descriptor, const pybind11::dict& arguments,
                          const pybind11::dict& names);

}  // namespace xai::python
