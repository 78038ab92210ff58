// What Python sees as xai_management._core. Its callers are our own Python files; arguments come
// as plain objects, since pybind11 would show the values of those it cannot convert.
#include <pybind11/pybind11.h>

#include "python/arguments.h"
#include "python/client.h"

namespace py = pybind11;

namespace xai::python {
namespace {

void define_secret(py::module_& module) {
  // Python code holds secrets as this, so that no repr and no traceback with locals shows one.
  py::class_<management::Secret>(module, "Secret")
      .def(py::init(&secret_of))
      .def("reveal", [](const management::Secret& secret) { return secret.reveal(); })
      .def("__bool__", [](const management::Secret& secret) { return !secret.empty(); })
      .def("__repr__", [](const management::Secret&) { return "***"; });
}

void define_client(py::module_& module) {
  py::class_<Client>(module, "Client")
      .def(py::init([](const management::Secret& key, const py::object& team_id,
                       const py::object& region, const py::object& base_url,
                       const py::object& inference_base_url) {
        return std::make_unique<Client>(
            Settings{.management_key = key,
                     .team_id = text_of(team_id, "team_id"),
                     .region = text_of(region, "region"),
                     .base_url = text_of(base_url, "base_url"),
                     .inference_base_url = text_of(inference_base_url, "XAI_INFERENCE_BASE_URL")});
      }))
      .def("ask_team_id", &Client::ask_team_id)
      .def_property_readonly("management_key", &Client::management_key)
      .def_property_readonly("team_id", &Client::team_id)
      .def_property_readonly("region", &Client::region)
      .def_property_readonly("base_url", &Client::base_url)
      .def("call", &Client::call, py::arg("id"), py::arg("arguments") = py::dict{},
           py::arg("names") = py::dict{}, py::arg("is_checked") = false);
}

}  // namespace
}  // namespace xai::python

PYBIND11_MODULE(_core, module) {
  module.attr("__version__") = XAI_VERSION;
  pybind11::list operations;
  for (const auto& descriptor : xai::wire::descriptors())
    operations.append(std::string{descriptor.id});
  module.attr("operations") = operations;
  xai::python::define_secret(module);
  xai::python::define_client(module);
}
