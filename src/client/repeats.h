#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "client/pipeline.h"

namespace xai::client {

/// Whether a request may be sent again below `exchange`.
enum class Repeats : std::uint8_t {
  own,   ///< As the class of its operation allows.
  none,  ///< Who calls decides, after every attempt.
};

/// How long to wait before the next attempt at what must not happen twice; none when there is to be
/// none. Only what was provably not sent is tried again, and, of the class `if_refused`, what the
/// service throttled in its own form: a 429 of a gateway does not say that it did nothing.
std::optional<std::chrono::milliseconds> wait_before_repeat(
    const management::Client::Pipeline& pipeline, management::RetryClass retry,
    const management::Error& error, int attempts_made);

}  // namespace xai::client
