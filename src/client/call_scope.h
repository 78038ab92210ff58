#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "client/secrets.h"
#include "http/logging.h"
#include "xai/management/call_options.h"
#include "xai/management/event.h"

namespace xai::client {

/// While it lives, what this thread sends belongs to a call with these options: it ends when they
/// say so, or the client's own do, and its attempts are told. Calls of one client are told apart
/// without connections of their own.
class CallScope {
 public:
  /// `options` outlive this.
  explicit CallScope(const management::CallOptions& options);
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;
  ~CallScope();

 private:
  const management::CallOptions* outer_;
};

/// While it lives, this thread sends one operation, whose attempts are counted.
class Sending {
 public:
  /// Inside another one of the same operation, its count goes on.
  explicit Sending(std::string_view operation);
  Sending(const Sending&) = delete;
  Sending& operator=(const Sending&) = delete;
  ~Sending();

 private:
  friend http::AttemptTaker attempt_taker(std::function<void(std::string_view)> log,
                                          std::shared_ptr<const Secrets> secrets);

  Sending* outer_;
  std::string_view operation_;
  int own_count_{};
  int* count_{&own_count_};
};

/// While it lives, the attempts of this thread are kept for the caller's thread to tell.
class AttemptsKept {
 public:
  explicit AttemptsKept(std::vector<management::Attempt>& attempts);
  AttemptsKept(const AttemptsKept&) = delete;
  AttemptsKept& operator=(const AttemptsKept&) = delete;
  ~AttemptsKept();

 private:
  std::vector<management::Attempt>* outer_;
};

// What the layers of a client ask of its options, and of the CallScope of the thread that asks.

/// `of_client` may be empty.
std::function<bool()> with_call(std::function<bool()> of_client);
/// Ends a sleep of a call that is cancelled meanwhile.
base::Sleep until_cancelled(base::Sleep sleep, std::function<bool()> is_cancelled);
/// Who is told of attempts, without the secrets; `log` may be empty.
http::AttemptTaker attempt_taker(std::function<void(std::string_view)> log,
                                 std::shared_ptr<const Secrets> secrets);

}  // namespace xai::client
