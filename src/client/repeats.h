#pragma once

#include <array>
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

/// How long to wait before the next attempt after this error: as long as the service asks, else a
/// backoff; none when it asks for more than we give.
std::optional<std::chrono::milliseconds> wait_after(const management::Client::Pipeline& pipeline,
                                                    const management::Error& error,
                                                    int attempts_made);

/// Whether an attempt after that wait could end in time. One that cannot would only hide the better
/// error we have.
bool has_time(const Deadline& deadline, std::chrono::milliseconds wait);

/// How long to wait before the next attempt at what must not happen twice; none when there is to be
/// none. Only what was provably not sent is tried again, and, of the class `if_refused`, what the
/// service throttled in its own form, after a look.
std::optional<std::chrono::milliseconds> wait_before_repeat(
    const management::Client::Pipeline& pipeline, management::RetryClass retry,
    const management::Error& error, int attempts_made);

/// Lists lag behind a change: it is looked for after each of these waits.
inline constexpr std::array list_lags{std::chrono::seconds{1}, std::chrono::seconds{2},
                                      std::chrono::seconds{4}};

/// The time limit of a look at what became of a write: what is left of `deadline`, and no more than
/// two minutes. Errors: as Deadline::left.
management::Result<Deadline> deadline_of_look(const management::Client::Pipeline& pipeline,
                                              const Deadline& deadline);

}  // namespace xai::client
