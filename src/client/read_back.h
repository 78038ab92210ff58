#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "client/answer.h"
#include "client/pipeline.h"
#include "http/retry.h"
#include "xai/management/api_keys.h"

namespace xai::client {

/// The answer to an operation whose change stands already; none when it has not been made.
template <class R>
using ReadBack = management::Result<std::optional<Answer<R>>>;

/// One function per operation that is repeated after a look. `error` is what made us look.
ReadBack<management::DeleteApiKeyResponse> read_back(const management::Client& client,
                                                     const management::DeleteApiKey& operation,
                                                     const management::Error& error,
                                                     const Deadline& deadline);

ReadBack<management::ApiKey> read_back(const management::Client& client,
                                       const management::UpdateApiKey& operation,
                                       const management::Error& error, const Deadline& deadline);

/// Repeats `attempt` while its outcome is unknown and `look` finds that nothing has changed.
template <class R, class Attempt, class Look>
management::Result<Answer<R>> with_read_back(const management::Client::Pipeline& pipeline,
                                             const Deadline& deadline, Attempt attempt, Look look) {
  const auto& policy = pipeline.options.retry;
  const bool limited = pipeline.options.deadlines.operation.count() > 0;
  for (int made = 1;; ++made) {
    auto result = attempt();
    if (result) return result;
    management::Error& error = result.error();
    // What an earlier attempt may have done, a later one that never left does not undo.
    const bool earlier_is_open = made > 1;
    if (earlier_is_open && (error.outcome == management::Outcome::not_sent ||
                            error.outcome == management::Outcome::throttled))
      error.outcome = management::Outcome::unknown;
    const bool is_open = error.outcome == management::Outcome::unknown;
    const bool finds_nothing = earlier_is_open && error.kind == management::ErrorKind::not_found;
    if (!is_open && !finds_nothing) return result;
    auto found = look(error);
    if (!found) return result;
    if (auto& change = *found) return std::move(*change);
    if (!is_open || made >= policy.attempts_max) return result;
    const auto wait = http::backoff(policy, made, pipeline.seams.random);
    if (const auto left = deadline.left(); !left || (limited && *left <= wait)) return result;
    pipeline.seams.sleep(wait);
  }
}

}  // namespace xai::client
