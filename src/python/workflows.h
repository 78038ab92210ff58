#pragma once

#include <pybind11/pybind11.h>

#include "python/client.h"

namespace xai::python {

/// Gives Python's Client the jobs of several requests.
void define_workflows(pybind11::class_<Client>& client);

}  // namespace xai::python
