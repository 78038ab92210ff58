#pragma once

#include "base/try.h"
#include "cli/session.h"
#include "client/send.h"
#include "wire/descriptor.h"

namespace xai::cli {

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
