#include "client/repeats.h"

#include <algorithm>

#include "base/try.h"
#include "http/retry.h"

namespace xai::client {

using management::ErrorKind;
using management::Outcome;
using management::RetryClass;
using std::chrono::milliseconds;

std::optional<milliseconds> wait_after(const management::Client::Pipeline& pipeline,
                                       const management::Error& error, int attempts_made) {
  const auto& policy = pipeline.options.retry;
  if (!error.retry_after) return http::backoff(policy, attempts_made, pipeline.seams.random);
  if (*error.retry_after > policy.retry_after_max) return std::nullopt;
  return milliseconds{*error.retry_after};
}

bool has_time(const Deadline& deadline, milliseconds wait) {
  const auto left = deadline.left();
  // No time at all stands for no limit.
  return left && (left->count() == 0 || *left > wait);
}

std::optional<milliseconds> wait_before_repeat(const management::Client::Pipeline& pipeline,
                                               RetryClass retry, const management::Error& error,
                                               int attempts_made) {
  // A bad URL or an untrusted certificate is the same at the next attempt.
  const bool may_pass =
      error.kind == ErrorKind::unavailable || error.kind == ErrorKind::deadline_exceeded;
  const bool is_unsent = error.outcome == Outcome::not_sent && may_pass;
  const bool is_throttled = retry == RetryClass::if_refused && error.outcome == Outcome::throttled;
  if (attempts_made >= pipeline.options.retry.attempts_max || (!is_unsent && !is_throttled))
    return std::nullopt;
  return wait_after(pipeline, error, attempts_made);
}

management::Result<Deadline> deadline_of_look(const management::Client::Pipeline& pipeline,
                                              const Deadline& deadline) {
  constexpr milliseconds limit = std::chrono::minutes{2};
  const milliseconds left = TRY(deadline.left());
  return Deadline{pipeline.seams.clock, left.count() > 0 ? std::min(left, limit) : limit};
}

}  // namespace xai::client
