#include "python/pages.h"

#include <unistd.h>

#include "client/call_scope.h"
#include "python/arguments.h"
#include "python/objects.h"

namespace py = pybind11;

namespace xai::python {

Pages::Pages(Client& client, const std::string& id, const py::dict& arguments,
             const py::dict& names)
    : client_{&client},
      descriptor_{&descriptor_of(id)},
      operation_{operation_of(*descriptor_, arguments, names)} {}

/// A fork leaves its parent's connections alone, as Client does.
Pages::~Pages() {
  if (turner_ && process_ != ::getpid()) [[maybe_unused]]
    const auto* const left = turner_.release();
}

py::object Pages::next() {
  management::Client client = client_->of_this_process();
  if (process_ != ::getpid()) {
    [[maybe_unused]] const auto* const left = turner_.release();
    turner_ =
        std::make_unique<client::PageTurner>(std::move(client), *descriptor_, client::Lists::left);
    process_ = ::getpid();
  }
  if (turner_->is_finished()) throw py::stop_iteration();
  client::AnswerDocument page;
  const wire::Object value = descriptor_->make_answer();
  const management::CallOptions options = client_->call_options();
  const auto turned = without_gil([&] {
    const client::CallScope scope{options};
    return turner_->turn(operation_.get(), {&page, value.get()});
  });
  if (!turned) raise(turned.error());
  return to_python(descriptor_->canonical(page.document.root(), page.document.arena()));
}

}  // namespace xai::python
