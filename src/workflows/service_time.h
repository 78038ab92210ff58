#pragma once

#include "base/try.h"
#include "workflows/call.h"

namespace xai::workflows {

/// Asks for the service's time, unless an answer has told it. Any answer does, a refusal too; where
/// none comes, `service_now` stays this machine's time.
void learn_service_time(const Call& call);

/// Asks for the window of this machine's time, and, where the answer tells that the service is at
/// another time, whose window is another, for that one. `window_at` makes a window of a time,
/// `ask` a result of a window.
template <class WindowAt, class Ask>
auto ask_by_service_time(const Call& call, const WindowAt& window_at, const Ask& ask)
    -> decltype(ask(*window_at(call.now()))) {
  const auto window = TRY(window_at(call.service_now()));
  auto answer = ask(window);
  if (!answer) return answer;
  const auto theirs = TRY(window_at(call.service_now()));
  if (theirs == window) return answer;
  return ask(theirs);
}

}  // namespace xai::workflows
