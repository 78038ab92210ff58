#include "client/call_scope.h"

#include <algorithm>
#include <utility>

namespace xai::client {

using management::Attempt;
using management::CallOptions;
using std::chrono::milliseconds;

namespace {

thread_local const CallOptions* current_call = nullptr;
thread_local Sending* current_sending = nullptr;
thread_local std::vector<Attempt>* kept_attempts = nullptr;

void strike_out(Attempt& attempt, const Secrets& secrets) {
  secrets.strike_out(attempt.path);
  secrets.strike_out(attempt.request_id);
  for (auto& [name, value] : attempt.headers) secrets.strike_out(value);
  if (attempt.error) secrets.strike_out(attempt.error->message);
}

bool is_cancellable() { return current_call != nullptr && current_call->is_cancelled; }

bool is_told() { return current_call != nullptr && current_call->tell; }

}  // namespace

CallScope::CallScope(const CallOptions& options) : outer_{std::exchange(current_call, &options)} {}

CallScope::~CallScope() { current_call = outer_; }

Sending::Sending(std::string_view operation)
    : outer_{std::exchange(current_sending, this)}, operation_{operation} {
  if (outer_ != nullptr && outer_->operation_ == operation) count_ = outer_->count_;
}

Sending::~Sending() { current_sending = outer_; }

AttemptsKept::AttemptsKept(std::vector<Attempt>& attempts)
    : outer_{std::exchange(kept_attempts, &attempts)} {}

AttemptsKept::~AttemptsKept() { kept_attempts = outer_; }

std::function<bool()> with_call(std::function<bool()> of_client) {
  return [of_client = std::move(of_client)] {
    return (of_client && of_client()) || (is_cancellable() && current_call->is_cancelled());
  };
}

base::Sleep until_cancelled(base::Sleep sleep, std::function<bool()> is_cancelled) {
  return [sleep = std::move(sleep), is_cancelled = std::move(is_cancelled)](milliseconds span) {
    // Nothing wakes a thread when a function's answer changes, so it is asked now and then.
    constexpr milliseconds step_max{200};
    const milliseconds step = is_cancellable() ? step_max : span;
    for (; span.count() > 0 && !is_cancelled(); span -= step) sleep(std::min(span, step));
  };
}

http::AttemptTaker attempt_taker(std::function<void(std::string_view)> log,
                                 std::shared_ptr<const Secrets> secrets) {
  const bool is_logged{log};
  return {.is_wanted = [is_logged] { return is_logged || is_told(); },
          .take =
              [log = std::move(log), secrets = std::move(secrets)](Attempt attempt) {
                strike_out(attempt, *secrets);
                if (current_sending != nullptr) {
                  attempt.operation = current_sending->operation_;
                  attempt.number = ++*current_sending->count_;
                }
                if (log) log(http::line_of(attempt));
                if (!is_told()) return;
                if (kept_attempts != nullptr)
                  kept_attempts->push_back(std::move(attempt));
                else
                  current_call->tell(std::move(attempt));
              }};
}

}  // namespace xai::client
