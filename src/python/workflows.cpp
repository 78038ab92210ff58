#include "python/workflows.h"

#include <chrono>
#include <optional>
#include <variant>

#include "base/time_text.h"
#include "json/document.h"
#include "json/writer.h"
#include "python/arguments.h"
#include "python/objects.h"
#include "python/results.h"
#include "wire/canonical.h"
#include "workflows/expiry.h"
#include "workflows/key_lookup.h"
#include "workflows/minting.h"
#include "workflows/regions.h"
#include "workflows/service_time.h"
#include "xai/management/grants.h"

namespace py = pybind11;

namespace xai::python {

using namespace management;
using py::object;
using std::chrono::seconds;
using workflows::Call;

namespace {

object json_object(std::string text) {
  const auto document = json::Document::parse(std::move(text));
  if (!document) raise(document.error());
  return to_python(document->root());
}

/// A new file for the secret: `[path, replaces, variable]`.
Sink sink_of(const py::tuple& file) {
  return SecretFile{.path = text_of(file[0], "secret_file"),
                    .replaces = file[1].cast<bool>(),
                    .variable = text_of(file[2], "variable")};
}

/// A key that went through the minting engine, without its secret.
object minted_key(client::Answer<ApiKey>& answer) {
  if (answer.is_cut) {
    std::string text;
    json::Writer writer{text};
    wire::encode(writer, answer.value);
    return json_object(std::move(text));
  }
  json::Arena& arena = answer.document.arena();
  return to_python(
      workflows::without_secret(wire::canonical<ApiKey>(answer.document.root(), arena), arena));
}

template <class Operation>
Operation operation_from(const py::dict& arguments) {
  const wire::Object object = operation_of(wire::descriptor_of<Operation>(), arguments, py::dict{});
  return *static_cast<const Operation*>(object.get());
}

object create_api_key(Client& client, const py::dict& arguments, const py::tuple& file,
                      bool again) {
  const auto operation = operation_from<CreateApiKey>(arguments);
  const Sink sink = sink_of(file);
  auto key = client.run([&](const Account& account, const CallOptions& options) {
    return workflows::create_api_key(Call{account, options}, operation, sink, again);
  });
  return minted_key(key);
}

object rotate_api_key(Client& client, const py::dict& arguments, const py::tuple& file,
                      bool ends_overlap) {
  const auto operation = operation_from<RotateApiKey>(arguments);
  const Sink sink = sink_of(file);
  auto key = client.run([&](const Account& account, const CallOptions& options) {
    return workflows::rotate_api_key(Call{account, options}, operation, sink, ends_overlap);
  });
  return minted_key(key);
}

object rotate_left_behind(Client& client, const object& id, const py::dict& arguments,
                          const py::tuple& file) {
  const std::string record = filled_text_of(id, "unfinished_id");
  const auto operation = operation_from<RotateApiKey>(arguments);
  const Sink sink = sink_of(file);
  auto key = client.run([&](const Account& account, const CallOptions& options) {
    return workflows::rotate_unfinished(Call{account, options}, record, operation, sink);
  });
  return minted_key(key);
}

void deliver_left_behind(Client& client, const object& id, const py::tuple& file) {
  const std::string record = filled_text_of(id, "unfinished_id");
  const Sink sink = sink_of(file);
  client.run([&](const Account& account, const CallOptions& options) {
    return deliver_unfinished(account, record, sink, options);
  });
}

void delete_left_behind(Client& client, const object& id, const object& api_key_id) {
  const std::string record = filled_text_of(id, "unfinished_id");
  const std::string key = text_of(api_key_id, "api_key_id");
  client.run([&](const Account& account, const CallOptions& options) {
    return delete_unfinished(account, record, key, options);
  });
}

void forget_left_behind(Client& client, const object& id) {
  const std::string record = filled_text_of(id, "unfinished_id");
  client.run([&](const Account& account, const CallOptions&) {
    return forget_unfinished(account, record);
  });
}

object find_key_by(Client& client, const object& id_or_name) {
  const std::string wanted = filled_text_of(id_or_name, "id_or_name");
  auto key = client.run([&](const Account& account, const CallOptions& options) {
    return workflows::find_key(Call{account, options}, wanted);
  });
  return json_object(std::move(key.json));
}

object grants_checked(Client& client, const object& models, const object& endpoints) {
  const auto list = [](const object& given, const char* name) {
    return given.is_none() ? std::vector<std::string>{} : texts_of(given, name);
  };
  const Grants wanted{.models = list(models, "models"),
                      .endpoints = list(endpoints, "endpoints"),
                      .all_models = models.is_none(),
                      .all_endpoints = endpoints.is_none()};
  const auto grants = client.run([&](const Account& account, const CallOptions& options) {
    return check_grants(account, wanted, options);
  });
  py::list acls;
  for (const Acl& acl : acls_of(grants)) acls.append(to_object(acl.text));
  return acls;
}

object models_by_region(Client& client) {
  const auto regions = client.run([&](const Account& account, const CallOptions& options) {
    return workflows::regions(Call{account, options}, "");
  });
  py::dict models;
  for (const Region& region : regions) models[to_object(region.name)] = to_object(region.models);
  return models;
}

object readiness(Client& client, const object& api_key_id, std::int64_t span) {
  const std::string id = filled_text_of(api_key_id, "api_key_id");
  return to_object(client.run([&](const Account& account, const CallOptions& options) {
    return wait_until_ready(account, id, seconds{span}, options);
  }));
}

object verdict(Client& client, const Secret& secret, const object& api_key_id, std::int64_t span) {
  const std::string id = text_of(api_key_id, "api_key_id");
  return to_object(client.run([&](const Account& account, const CallOptions& options) {
    return wait_until_live(account, secret, id, seconds{span}, options);
  }));
}

/// A date is a day of the zone, a time an instant.
WindowEdge edge_of(const object& given, const char* name) {
  const std::string text = text_of(given, name);
  if (const auto day = base::parse_date(text))
    return std::chrono::local_days{std::chrono::floor<std::chrono::days>(*day).time_since_epoch()};
  if (const auto time = base::parse_rfc3339(text)) return *time;
  throw py::value_error(std::string{name} + " must be a date, or a time with its zone");
}

template <class Enum, std::size_t count = enumerator_count<Enum>()>
Enum enumerator_of(const object& given, const char* name) {
  const std::string text = text_of(given, name);
  std::string known;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view one = name_of(static_cast<Enum>(i));
    if (one == text) return static_cast<Enum>(i);
    known += (known.empty() ? "" : ", ") + std::string{one};
  }
  throw py::value_error(std::string{name} + " must be one of " + known);
}

/// `first` is where the window begins, or the seconds that it lasts.
object usage_summed(Client& client, const object& first, const object& until, const object& zone,
                    const object& every, const object& by, const object& filters) {
  UsageQuery query{.every = enumerator_of<UsageUnit>(every, "every"),
                   .by = enumerator_of<UsageGrouping>(by, "by"),
                   .filters = texts_of(filters, "filters")};
  const std::string zone_name = text_of(zone, "timezone");
  const bool is_span = py::isinstance<py::int_>(first);
  const seconds span{is_span ? first.cast<std::int64_t>() : 0};
  const WindowEdge from = is_span ? WindowEdge{} : edge_of(first, "since");
  std::optional<WindowEdge> to;
  if (!until.is_none()) to = edge_of(until, "until");
  return to_object(
      client.run([&](const Account& account, const CallOptions& options) -> Result<UsageReport> {
        return workflows::ask_by_service_time(
            Call{account, options},
            [&](Timestamp now) {
              auto window = is_span ? last_usage_window(zone_name, span, now)
                                    : usage_window(zone_name, from, to, now);
              if (window) return window;
              Error& error = window.error();
              error.message.insert(0, error.reason == Reason::unknown_zone ? "timezone: "
                                      : is_span                            ? "since: "
                                                                           : "since and until: ");
              return window;
            },
            [&](const UsageWindow& window) {
              query.window = window;
              return usage(account, query, options);
            });
      }));
}

/// An expiry as RFC 3339, of a time or of the seconds from now on; by the service's clock, as far
/// as it is known.
object expiry(Client& client, const object& given, const object& what) {
  const std::string name = text_of(what, "name");
  const bool is_span = py::isinstance<py::int_>(given);
  const seconds span{is_span ? given.cast<std::int64_t>() : 0};
  constexpr std::chrono::days span_max{100 * 366};
  if (std::chrono::abs(span) > span_max)
    throw py::value_error(name + " must be within a hundred years");
  const Timestamp time = is_span ? Timestamp{} : time_of(given, name);
  const Timestamp end =
      client.run([&](const Account& account, const CallOptions& options) -> Result<Timestamp> {
        const Timestamp now = Call{account, options}.service_now();
        const Timestamp wanted = is_span ? std::chrono::floor<seconds>(now) + span : time;
        return workflows::expiry_of(name, wanted, now);
      });
  return to_object(base::format_rfc3339(end));
}

}  // namespace

void define_workflows(py::class_<Client>& client) {
  client
      .def("balance",
           [](Client& self) {
             return to_object(self.run([](const Account& account, const CallOptions& options) {
               return balance(account, options);
             }));
           })
      .def("unfinished",
           [](Client& self) {
             return to_object(self.run([](const Account& account, const CallOptions& options) {
               return unfinished(account, options);
             }));
           })
      .def("usage", &usage_summed)
      .def("expiry", &expiry)
      .def("wait_until_ready", &readiness)
      .def("verify_secret", &verdict)
      .def("find_key", &find_key_by)
      .def("check_grants", &grants_checked)
      .def("regions", &models_by_region)
      .def("create_api_key", &create_api_key)
      .def("rotate_api_key", &rotate_api_key)
      .def("rotate_unfinished", &rotate_left_behind)
      .def("deliver_unfinished", &deliver_left_behind)
      .def("delete_unfinished", &delete_left_behind)
      .def("forget_unfinished", &forget_left_behind);
}

}  // namespace xai::python
