#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "xai/management/options.h"
#include "xai/management/transport.h"

namespace xai::http {

/// Repeats a request as its retry class allows. Of `after_read_back` it repeats only what cannot
/// have happened; the rest needs a look at the service, which the client takes.
management::Transport with_retry(management::Transport next, management::RetryPolicy policy,
                                 base::Clock clock, base::Sleep sleep, base::Random random);

/// Whether a request of this class may be sent again after this result, as far as this layer
/// can tell without looking what the service now holds.
bool may_repeat(management::RetryClass retry,
                const management::Result<management::HttpResponse>& result);

/// A 429 that means the team's money or limit is used up. Waiting does not mend that.
bool is_out_of_credit(const management::HttpResponse& response);

/// `Retry-After`, given as seconds or as a date; none when absent or nonsense, 0 when past.
std::optional<std::chrono::seconds> retry_after(const management::HttpResponse& response,
                                                management::Timestamp now);

/// Full jitter: somewhere below `backoff_base` × 2ⁿ, which ends at `backoff_max`.
std::chrono::milliseconds backoff(const management::RetryPolicy& policy, int attempts_made,
                                  const base::Random& random);

}  // namespace xai::http
