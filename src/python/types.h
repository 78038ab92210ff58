#pragma once

#include <pybind11/pybind11.h>

namespace xai::python {

/// The types of everything that is asked, answered and told, for the stubs to be made from:
/// `types` (name → `is_total` and `members`, name → type), `answers` (operation → type),
/// `events` (the types of progress) and `aliases` (name → type).
pybind11::dict describe_types();

}  // namespace xai::python
