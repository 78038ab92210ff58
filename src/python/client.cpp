#include "python/client.h"

#include <unistd.h>

#include <string_view>

#include "client/call_scope.h"
#include "client/seams.h"
#include "client/send.h"
#include "python/arguments.h"
#include "python/objects.h"
#include "python/results.h"

namespace py = pybind11;

namespace xai::python {

using management::Event;
using management::Warning;
using py::object;

namespace {

/// Hands lines to a function of the caller's; empty for None.
std::function<void(std::string_view)> line_taker(const object& hook) {
  if (hook.is_none()) return {};
  return [hook = py::handle{hook}](std::string_view line) {
    with_gil([hook, text = std::string{line}] { call_hook(hook, to_python(text)); });
  };
}

}  // namespace

const wire::Descriptor& descriptor_of(const std::string& id) {
  const wire::Descriptor* const descriptor = wire::find_descriptor(id);
  if (descriptor == nullptr) throw py::value_error("there is no operation " + id);
  return *descriptor;
}

Client::Client(Settings settings) : settings_{std::move(settings)} {
  settings_.options.log = line_taker(settings_.log);
  settings_.options.trace = line_taker(settings_.trace);
  settings_.options.is_cancelled = is_interrupted;
}

Client::~Client() { leave_to_parent(); }

void Client::check_open() const {
  if (is_closed_) throw std::runtime_error("this client is closed");
}

const std::string& Client::management_key() const {
  check_open();
  return settings_.options.management_key.reveal();
}

void Client::close() {
  leave_to_parent();
  client_.reset();
  settings_.options.management_key = {};
  is_closed_ = true;
}

/// Makes a Client where a fork has left us with the parent's: its connections are the parent's
/// too, and a thread that does not exist here may hold its locks.
management::Client Client::of_this_process() {
  check_open();
  leave_to_parent();
  if (!client_) {
    process_ = ::getpid();
    client_ = std::make_unique<management::Client>(
        client::make_client(settings_.options, {.sleep = sleep_interruptibly}));
  }
  return *client_;
}

/// Forgets the parent's Client. To destroy it would say good-bye on the parent's connections.
void Client::leave_to_parent() {
  if (!client_ || process_ == ::getpid()) return;
  [[maybe_unused]] const auto* const left = client_.release();
}

object Client::call(const std::string& id, const py::dict& arguments, const py::dict& names) {
  const wire::Descriptor& descriptor = descriptor_of(id);
  const wire::Object operation = operation_of(descriptor, arguments, names);
  const wire::Object value = descriptor.make_answer();
  // The strings of a struct that Python never sees would cost as much as all its dicts.
  const bool is_decoded = descriptor.retry != wire::RetryClass::freely;
  const management::Client client = of_this_process();
  client::AnswerDocument answer;
  const management::CallOptions options = call_options();
  const auto done = without_gil([&] {
    const client::CallScope scope{options};
    return client::exchange(client, descriptor, operation.get(),
                            {&answer, is_decoded ? value.get() : nullptr},
                            client::deadline_of(client));
  });
  if (!done) raise(done.error());
  return to_python(descriptor.canonical(answer.document.root(), answer.document.arena()));
}

void Client::ask_team_id() {
  const management::Client client = of_this_process();
  const management::CallOptions options = call_options();
  auto team = without_gil([&] {
    const client::CallScope scope{options};
    return client::team_id(client, client::deadline_of(client));
  });
  if (!team) raise(team.error());
  settings_.options.team_id = *std::move(team);
}

management::CallOptions Client::call_options() const {
  if (settings_.on_event.is_none()) return {};
  return {.tell = [this](const Event& event) { tell(event, nullptr); }};
}

/// `warnings` may be null where a call has none.
void Client::tell(const Event& event, std::vector<Warning>* warnings) const {
  const auto take = [&]<class Kind>(const Kind& value) {
    if constexpr (std::is_same_v<Kind, Warning>) {
      if (warnings != nullptr) warnings->push_back(value);
    } else if (!settings_.on_event.is_none()) {
      with_gil([hook = py::handle{settings_.on_event}, value] {
        py::object told = to_object(value);
        told["event"] = to_python(type_name<Kind>());
        call_hook(hook, told);
      });
    }
  };
  std::visit(take, event);
}

void Client::warn(const std::vector<Warning>& warnings) {
  for (const Warning& warning : warnings)
    py::module_::import("xai_management._events")
        .attr("warn")(to_object(warning.kind), warning.subject, warning.detail);
}

}  // namespace xai::python
