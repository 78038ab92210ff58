#include "python/client.h"

#include <unistd.h>

#include <chrono>
#include <utility>

#include "client/seams.h"
#include "client/send.h"
#include "python/arguments.h"
#include "python/interruption.h"
#include "python/objects.h"
#include "python/raise.h"
#include "wire/descriptor.h"

namespace py = pybind11;

namespace xai::python {

using py::object;

namespace {

// As scripts know it from before; all attempts of one call together.
constexpr std::chrono::seconds call_limit{30};

management::ClientOptions options_of(Settings settings) {
  management::ClientOptions options{.management_key = std::move(settings.management_key),
                                    .team_id = std::move(settings.team_id),
                                    .inference_base_url = std::move(settings.inference_base_url),
                                    .user_agent = "xai_management-python/" XAI_VERSION};
  if (!settings.region.empty()) options.region = std::move(settings.region);
  if (!settings.base_url.empty()) options.base_url = std::move(settings.base_url);
  while (options.base_url.ends_with('/')) options.base_url.pop_back();
  options.deadlines.operation = call_limit;
  options.is_cancelled = is_interrupted;
  return options;
}

/// The result of `work`, done without the GIL.
template <class Work>
auto without_gil(const Work& work) {
  WithoutGil released;
  auto result = [&]() noexcept { return work(); }();
  if (!released.end()) throw py::error_already_set();
  return result;
}

}  // namespace

Client::Client(Settings settings) : options_{options_of(std::move(settings))} {}

Client::~Client() { leave_to_parent(); }

/// Makes a Client where a fork has left us with the parent's: its connections are the parent's
/// too, and a thread that does not exist here may hold its locks.
management::Client Client::of_this_process() {
  leave_to_parent();
  if (!client_) {
    process_ = ::getpid();
    client_ = std::make_unique<management::Client>(
        client::make_client(options_, {.sleep = sleep_interruptibly}));
  }
  return *client_;
}

/// Forgets the parent's Client. To destroy it would say good-bye on the parent's connections.
void Client::leave_to_parent() {
  if (!client_ || process_ == ::getpid()) return;
  [[maybe_unused]] const auto* const left = client_.release();
}

object Client::call(const std::string& id, const py::dict& arguments, const py::dict& names,
                    bool is_checked) {
  const wire::Descriptor* const descriptor = wire::find_descriptor(id);
  if (descriptor == nullptr) throw py::value_error("there is no operation " + id);
  const wire::Object operation = operation_of(*descriptor, arguments, names);
  const wire::Object value = descriptor->make_answer();
  // The strings of a struct that Python never sees would cost as much as all its dicts.
  const bool is_decoded = is_checked || descriptor->retry != wire::RetryClass::freely;
  const management::Client client = of_this_process();
  client::AnswerDocument answer;
  const auto done = without_gil([&] {
    return client::exchange(client, *descriptor, operation.get(),
                            {&answer, is_decoded ? value.get() : nullptr},
                            client::deadline_of(client));
  });
  if (!done) raise(done.error());
  return to_python(descriptor->canonical(answer.document.root(), answer.document.arena()));
}

void Client::ask_team_id() {
  const management::Client client = of_this_process();
  auto team = without_gil([&] { return client::team_id(client, client::deadline_of(client)); });
  if (!team) raise(team.error());
  options_.team_id = *std::move(team);
}

}  // namespace xai::python
