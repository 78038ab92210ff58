#include "workflows/side_by_side.h"

#include <signal.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/try.h"
#include "client/call_scope.h"
#include "client/team.h"

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

/// How many reads run on other threads.
class Running {
 public:
  void begin() { change(+1); }
  void end() { change(-1); }
  /// Waits until there are none. A call may be cancelled by what is seen when it is asked.
  void wait(const Call& call) {
    constexpr std::chrono::milliseconds step{100};
    std::unique_lock lock{mutex_};
    while (!changed_.wait_for(lock, step, [this] { return count_ == 0; })) {
      lock.unlock();
      (void)call.is_cancelled();
      lock.lock();
    }
  }

 private:
  void change(int by) {
    const std::scoped_lock lock{mutex_};
    count_ += by;
    changed_.notify_all();
  }

  std::mutex mutex_{};
  std::condition_variable changed_{};
  int count_{};
};

}  // namespace

management::Result<void> side_by_side(const Call& call,
                                      const std::vector<std::function<void()>>& reads) {
  const client::CallScope scope{call.options()};
  (void)TRY(client::team_id(call.client(), call.deadline()));
  const auto& options = call.client().pipeline().options;
  std::size_t started = 1;
  std::vector<std::vector<management::Attempt>> attempts{reads.size()};
  Running running;
  std::vector<std::jthread> threads;
  if (!options.log && !options.trace) {
    const SignalsBlocked blocked;
    threads.reserve(reads.size());
    try {
      for (; started < reads.size(); ++started) {
        threads.emplace_back([&running, &read = reads[started], &told = attempts[started]] {
          const client::AttemptsKept kept{told};
          read();
          running.end();
        });
        running.begin();
      }
      // NOLINTNEXTLINE(bugprone-empty-catch): without a thread, what is left goes one by one.
    } catch (const std::system_error&) {
    }
  }
  reads.front()();
  for (; started < reads.size(); ++started) reads[started]();
  running.wait(call);
  for (auto& of_read : attempts)
    for (auto& attempt : of_read) call.tell(std::move(attempt));
  return {};
}

}  // namespace xai::workflows
