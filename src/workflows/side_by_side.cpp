#include "workflows/side_by_side.h"

#include <signal.h>

#include <system_error>
#include <thread>

namespace xai::workflows {
namespace {

/// While it lives, this thread and those it starts take no signals: those of a host are for the
/// threads it knows.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

void side_by_side(const Call& call, const std::vector<std::function<void()>>& reads) {
  const auto& options = call.client().pipeline().options;
  std::size_t started = 1;
  std::vector<std::jthread> threads;
  if (!options.log && !options.trace) {
    const SignalsBlocked blocked;
    threads.reserve(reads.size());
    try {
      for (; started < reads.size(); ++started) threads.emplace_back(reads[started]);
      // NOLINTNEXTLINE(bugprone-empty-catch): without a thread, what is left goes one by one.
    } catch (const std::system_error&) {
    }
  }
  reads.front()();
  for (; started < reads.size(); ++started) reads[started]();
}

}  // namespace xai::workflows
