#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "xai/management/event.h"
#include "xai/management/transport.h"

namespace xai::http {

/// The headers of an answer that are shown; no other may be, whatever it holds.
inline constexpr std::array<std::string_view, 5> logged_headers{
    "x-request-id", "request-id", "content-type", "retry-after", "date"};

/// Who is told of attempts.
struct AttemptTaker {
  std::function<bool()> is_wanted{};  ///< Asked before each attempt.
  std::function<void(management::Attempt)> take{};
};

/// Tells every attempt, without its operation and number. The credential and the bodies it never
/// looks at.
management::Transport with_attempts(management::Transport next, AttemptTaker taker,
                                    base::Clock clock);

/// An attempt as a line of the log: method, path, and what came of it.
std::string line_of(const management::Attempt& attempt);

}  // namespace xai::http
