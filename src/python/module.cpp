// What Python sees as xai_management._core. Its callers are our own Python files; arguments come
// as plain objects, since pybind11 would show the values of those it cannot convert.
#include <pybind11/pybind11.h>

#include "client/settings.h"
#include "python/arguments.h"
#include "python/client.h"
#include "python/names.h"
#include "python/pages.h"
#include "python/types.h"
#include "python/workflows.h"
#include "xai/management/event.h"

namespace py = pybind11;

namespace xai::python {
namespace {

void define_secret(py::module_& module) {
  // Python code holds secrets as this, so that no repr and no traceback with locals shows one.
  py::class_<management::Secret>(module, "Secret")
      .def(py::init(&secret_of), py::arg("text"), py::arg("name") = "the key")
      .def("reveal", [](const management::Secret& secret) { return secret.reveal(); })
      .def("__bool__", [](const management::Secret& secret) { return !secret.empty(); })
      .def("__repr__", [](const management::Secret&) { return "***"; });
}

void define_cancellation(py::module_& module) {
  py::class_<Cancellation>(module, "Cancellation")
      .def(py::init<>())
      .def("cancel", &Cancellation::cancel)
      .def("__enter__", [](const Cancellation& cancellation) { cancellation.enter(); })
      .def("__exit__", [](const Cancellation&, const py::args&) { Cancellation::leave(); });
}

/// What was given, completed from the environment as the other faces do it.
client::Settings resolved(const management::Secret& pasted, const py::kwargs& given) {
  const management::Secret key = client::pasted_key(pasted.reveal());
  const auto setting = [&](const char* name) -> client::Setting {
    return {text_of(given[name], name), name};
  };
  auto settings = client::resolve_settings({.management_key = key,
                                            .management_key_source = key.empty() ? "" : "the call",
                                            .team_id = setting("team_id"),
                                            .region = setting("region"),
                                            .base_url = setting("base_url")},
                                           client::environment_variable);
  if (!settings) throw py::value_error(settings.error().message);
  if (const auto checked = client::check_reach(*settings); !checked) raise(checked.error());
  if (settings->management_key.empty())
    throw py::value_error("management_key is required: pass it or set XAI_MANAGEMENT_KEY");
  // At the line that called the class.
  if (settings->do_keys_differ &&
      PyErr_WarnEx(PyExc_UserWarning,
                   "XAI_MANAGEMENT_KEY and XAI_MANAGEMENT_API_KEY differ; the first one is used",
                   2) != 0)
    throw py::error_already_set();
  return *std::move(settings);
}

std::string state_folder_of(const py::object& given) {
  if (given.is_none()) return management::default_state_folder();
  return text_of(given, "state_folder");
}

/// From keyword arguments that `_connection.py` has checked.
Settings settings_of(const management::Secret& key, const py::kwargs& given) {
  Settings settings{.options = resolved(key, given).options(),
                    .state_folder = state_folder_of(given["state_folder"]),
                    .log = given["log"],
                    .trace = given["trace"],
                    .on_event = given["on_event"]};
  management::ClientOptions& options = settings.options;
  options.ca_file = text_of(given["ca_file"], "ca_file");
  options.user_agent = "xai_management-python/" XAI_VERSION;
  while (options.base_url.ends_with('/')) options.base_url.pop_back();
  options.deadlines.operation = std::chrono::milliseconds{given["timeout_ms"].cast<int>()};
  options.retry.attempts_max = given["attempts_max"].cast<int>();
  return settings;
}

py::class_<Client> define_client(py::module_& module) {
  py::class_<Client> client{module, "Client"};
  client
      .def(py::init([](const management::Secret& key, const py::kwargs& given) {
        return std::make_unique<Client>(settings_of(key, given));
      }))
      .def("ask_team_id", &Client::ask_team_id)
      .def("check_open", &Client::check_open)
      .def("close", &Client::close)
      .def_property_readonly("management_key", &Client::management_key)
      .def_property_readonly("team_id", [](const Client& self) { return self.options().team_id; })
      .def_property_readonly("region", [](const Client& self) { return self.options().region; })
      .def_property_readonly("base_url", [](const Client& self) { return self.options().base_url; })
      // Never with keywords: pybind11 copies those, and a thread that is left behind when the
      // interpreter ends may not free the copy.
      .def("call", &Client::call, py::arg("id"), py::arg("arguments") = py::dict{},
           py::arg("names") = py::dict{})
      .def(
          "pages",
          [](Client& self, const std::string& id, const py::dict& arguments,
             const py::dict& names) { return Pages{self, id, arguments, names}; },
          py::keep_alive<0, 1>(), py::arg("id"), py::arg("arguments"),
          py::arg("names") = py::dict{});
  py::class_<Pages>(module, "Pages")
      .def("__iter__", [](const py::object& self) { return self; })
      .def("__next__", &Pages::next);
  return client;
}

template <class Enum>
py::list names_of() {
  py::list names;
  for (std::size_t i = 0; i < enumerator_count<Enum>(); ++i)
    names.append(name_of(static_cast<Enum>(i)));
  return names;
}

}  // namespace
}  // namespace xai::python

PYBIND11_MODULE(_core, module) {
  using namespace xai::python;
  using xai::management::ErrorKind;
  using xai::management::WarningKind;
  module.attr("__version__") = XAI_VERSION;
  pybind11::list operations;
  for (const auto& descriptor : xai::wire::descriptors())
    operations.append(std::string{descriptor.id});
  module.attr("operations") = operations;
  module.attr("error_kinds") = names_of<ErrorKind>();
  module.attr("warning_kinds") = names_of<WarningKind>();
  module.def("describe_types", &describe_types);
  define_secret(module);
  define_cancellation(module);
  auto client = define_client(module);
  define_workflows(client);
}
