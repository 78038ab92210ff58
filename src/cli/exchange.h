#pragma once

#include <utility>

#include "base/try.h"
#include "cli/session.h"
#include "client/send.h"
#include "wire/descriptor.h"
#include "workflows/call.h"

namespace xai::cli {

/// Runs a workflow for the session: says what happens on the way, and takes progress off the
/// terminal behind it.
template <class Workflow>
auto run(Session& session, const Workflow& workflow)
    -> decltype(workflow(std::declval<const workflows::Call&>())) {
  (void)TRY(session.client());
  const management::CallOptions options = session.call_options();
  auto result = workflow(workflows::Call{session.account(), options});
  session.messages().progress("");
  return result;
}

/// Sends an operation with the session's client; the answer as a struct and as its document.
template <class Operation>
management::Result<client::Answer<typename Operation::Response>> exchange(
    Session& session, const Operation& operation, client::Lists lists = client::Lists::read) {
  const management::Client* client = TRY(session.client());
  auto answer = TRY(client::exchange(*client, operation, client::deadline_of(*client), lists));
  if (wire::descriptor_of<Operation>().retry != wire::RetryClass::freely) session.note_change();
  return answer;
}

/// The request that `exchange` would send.
template <class Operation>
management::Result<management::HttpRequest> preview(Session& session, const Operation& operation) {
  const management::Client* client = TRY(session.client());
  return TRY(client::preview(*client, operation));
}

}  // namespace xai::cli
