#include "python/raise.h"

#include <pybind11/pybind11.h>

#include <string>

namespace py = pybind11;

namespace xai::python {

namespace {

/// What is not there is None in Python.
py::object text_or_none(const std::string& text) {
  if (text.empty()) return py::none();
  return py::str(text);
}

}  // namespace

void raise(const management::Error& error) {
  const auto errors = py::module_::import("xai_management._errors");
  const py::object status =
      error.http_status == 0 ? py::object{py::none()} : py::object{py::int_(error.http_status)};
  const py::object exception =
      errors.attr("error_of")(error.message, std::string{management::name_of(error.kind)}, status,
                              std::string{management::name_of(error.outcome)},
                              text_or_none(error.request_id), text_or_none(error.next));
  PyErr_SetObject(py::type::handle_of(exception).ptr(), exception.ptr());
  throw py::error_already_set();
}

}  // namespace xai::python
