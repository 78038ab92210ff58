#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "xai/management/api_keys.h"
#include "xai/management/secret.h"
#include "xai/management/timestamp.h"

namespace xai::python {

// From Python to C++. They throw TypeError and ValueError, which name the argument and never show
// its value: it may be a key in the wrong place.

std::string text_of(const pybind11::object& value, const char* name);
management::Secret secret_of(const pybind11::object& value);
std::vector<std::string> texts_of(const pybind11::object& value, const char* name);
std::vector<management::Acl> acls_of(const pybind11::object& value);

/// None is no value.
std::optional<std::int32_t> int32_of(const pybind11::object& value, const char* name);
std::optional<std::int64_t> int64_of(const pybind11::object& value, const char* name);

/// None, RFC 3339, or a date as its first instant in UTC.
std::optional<management::Timestamp> time_of(const pybind11::object& value, const char* name);

/// The change that `updates`, a JSON object with the service's names, and the mask ask for.
/// Refuses a masked value that we cannot carry: left out, it would be cleared.
management::UpdateApiKey update_of(std::string api_key_id, std::string updates,
                                   std::vector<std::string> fields);

}  // namespace xai::python
