#pragma once

#include <utility>

#include "base/try.h"
#include "cli/session.h"
#include "client/send.h"

namespace xai::cli {

/// Sends an operation with the session's client; the answer as a struct and as its document.
template <class Operation>
std::expected<client::Answer<typename Operation::Response>, Failure> exchange(Session& session,
                                                                              Operation operation) {
  const management::Client* client = TRY(session.client());
  return TRY(client::exchange(*client, std::move(operation)));
}

/// The request that `exchange` would send.
template <class Operation>
std::expected<management::HttpRequest, Failure> preview(Session& session, Operation operation) {
  const management::Client* client = TRY(session.client());
  return TRY(client::preview(*client, std::move(operation)));
}

}  // namespace xai::cli
