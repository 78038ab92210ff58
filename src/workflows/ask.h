#pragma once

#include <utility>

#include "client/call_scope.h"
#include "client/pages.h"
#include "client/send.h"
#include "workflows/call.h"

namespace xai::workflows {

/// What a request for an operation comes back with.
template <class Operation>
using AnswerTo = management::Result<client::Answer<typename Operation::Response>>;

/// Sends one operation; the answer as a struct and as its document.
template <class Operation>
AnswerTo<Operation> ask(const Call& call, const Operation& operation,
                        client::Lists lists = client::Lists::read) {
  const client::CallScope scope{call.options()};
  return client::exchange(call.client(), operation, call.deadline(), lists);
}

/// What is to become of a walk after a page.
enum class Walk : std::uint8_t { go_on, stop };

/// Reads a list page by page, up to its end or as long as `take_page(answer)`, a Result<Walk>,
/// says. A page token that comes again is an error.
template <class Operation, class TakePage>
management::Result<void> walk(const Call& call, Operation operation, TakePage take_page,
                              client::Lists lists = client::Lists::read) {
  const client::CallScope scope{call.options()};
  client::PageWalk<Operation> pages{call.client(), std::move(operation), lists,
                                    call.own_deadline()};
  while (auto page = pages.next()) {
    auto answer = TRY(std::move(*page));
    if (TRY(take_page(answer)) == Walk::stop) break;
  }
  return {};
}

}  // namespace xai::workflows
