#include "python/raise.h"

#include <string>

#include "python/names.h"

namespace py = pybind11;

namespace xai::python {

namespace {

/// What is not there is None in Python.
py::object text_or_none(const std::string& text) {
  if (text.empty()) return py::none();
  return py::str(text);
}

}  // namespace

py::object exception_of(const management::Error& error) {
  const auto errors = py::module_::import("xai_management._errors");
  py::object status = py::none();
  if (error.http_status != 0) status = py::int_(error.http_status);
  py::object reason = py::none();
  if (error.reason != management::Reason::none) reason = py::str(name_of(error.reason));
  py::object retry_after = py::none();
  if (error.retry_after) retry_after = py::int_(error.retry_after->count());
  return errors.attr("error_of")(error.message, management::name_of(error.kind), status,
                                 management::name_of(error.outcome), text_or_none(error.request_id),
                                 text_or_none(error.next), reason, retry_after);
}

void raise(const management::Error& error) {
  const py::object exception = exception_of(error);
  PyErr_SetObject(py::type::handle_of(exception).ptr(), exception.ptr());
  throw py::error_already_set();
}

}  // namespace xai::python
