#pragma once

#include <utility>

#include "base/try.h"
#include "client/answer.h"
#include "client/errors.h"
#include "client/pipeline.h"
#include "client/repeats.h"
#include "client/team.h"
#include "wire/codec.h"
#include "wire/http_binding.h"
#include "wire/operations.h"

namespace xai::client {

/// The request that `exchange` would send, complete but for the management key. The team may
/// have to be asked of the service for it, which changes nothing.
management::Result<management::HttpRequest> preview(const management::Client& client,
                                                    const wire::Descriptor& descriptor,
                                                    const void* operation,
                                                    const Deadline& deadline);

/// Sends one operation and reads its answer into `target`.
management::Result<void> exchange(const management::Client& client,
                                  const wire::Descriptor& descriptor, const void* operation,
                                  Target target, const Deadline& deadline,
                                  Lists lists = Lists::read, Repeats repeats = Repeats::own);

// The same with types.

template <class Operation>
management::Result<management::HttpRequest> preview(const management::Client& client,
                                                    const Operation& operation,
                                                    const Deadline& deadline) {
  return preview(client, wire::descriptor_of<Operation>(), &operation, deadline);
}

template <class Operation>
management::Result<management::HttpRequest> preview(const management::Client& client,
                                                    const Operation& operation) {
  return preview(client, operation, deadline_of(client));
}

template <class Operation>
management::Result<Answer<typename Operation::Response>> exchange(const management::Client& client,
                                                                  const Operation& operation,
                                                                  const Deadline& deadline,
                                                                  Lists lists = Lists::read) {
  management::Result<Answer<typename Operation::Response>> answer{};
  auto done = exchange(client, wire::descriptor_of<Operation>(), &operation, Target::of(*answer),
                       deadline, lists);
  if (!done) answer = std::unexpected(std::move(done).error());
  return answer;
}

/// Sends one operation; `Client::send` with the document beside the struct.
template <class Operation>
management::Result<Answer<typename Operation::Response>> exchange(const management::Client& client,
                                                                  const Operation& operation) {
  return exchange(client, operation, deadline_of(client));
}

}  // namespace xai::client
