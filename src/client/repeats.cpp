#include "client/repeats.h"

#include "http/retry.h"

namespace xai::client {

using management::ErrorKind;
using management::Outcome;
using management::RetryClass;
using std::chrono::milliseconds;

std::optional<milliseconds> wait_before_repeat(const management::Client::Pipeline& pipeline,
                                               RetryClass retry, const management::Error& error,
                                               int attempts_made) {
  const auto& policy = pipeline.options.retry;
  // A bad URL or an untrusted certificate is the same at the next attempt.
  const bool may_pass =
      error.kind == ErrorKind::unavailable || error.kind == ErrorKind::deadline_exceeded;
  const bool is_unsent = error.outcome == Outcome::not_sent && may_pass;
  const bool is_throttled = retry == RetryClass::if_refused &&
                            error.outcome == Outcome::throttled && !error.service_code.empty();
  if (attempts_made >= policy.attempts_max || (!is_unsent && !is_throttled)) return std::nullopt;
  if (!error.retry_after) return http::backoff(policy, attempts_made, pipeline.seams.random);
  if (*error.retry_after > policy.retry_after_max) return std::nullopt;
  return milliseconds{*error.retry_after};
}

}  // namespace xai::client
