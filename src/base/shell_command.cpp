#include "base/shell_command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/wipe.h"

namespace xai::base {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Whether somebody wants it to end; may be empty.
using IsCancelled = std::function<bool()>;

/// A signal that comes just before a wait begins would not end it.
constexpr milliseconds wait_max{100};

std::vector<char*> environment_without(std::span<const std::string_view> names) {
  std::vector<char*> kept;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text{*entry};
    if (std::ranges::find(names, text.substr(0, text.find('='))) == names.end())
      kept.push_back(*entry);
  }
  kept.push_back(nullptr);
  return kept;
}

std::unexpected<std::string> because(int error) {
  return std::unexpected(std::string{std::strerror(error)});
}

/// The signals that the command must not find ignored because we ignore them. What our parent had
/// us ignore, as nohup does, stays ignored.
sigset_t signals_of_ours() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGPIPE, SIGXFSZ}) sigaddset(&signals, signal);
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction action{};
    if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN)
      sigaddset(&signals, signal);
  }
  return signals;
}

/// What a command is started with.
struct Start {
  const char* program;  ///< Found in PATH where it is a bare name.
  std::vector<std::string> words;
  std::vector<char*> environment;
  int input;
  int output;
  /// A signal to us, which we let the delivery end before heeding, must not end a command in a
  /// group of its own, and giving up on it must end all that it began. One in ours may ask
  /// something on the terminal.
  bool has_own_group;
};

std::expected<pid_t, int> spawn(Start start) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, start.input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, start.output, STDOUT_FILENO);
  // No connection and no record of ours is any business of the command's.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  const sigset_t defaults = signals_of_ours();
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setpgroup(&attributes, 0);
  const int group = start.has_own_group ? POSIX_SPAWN_SETPGROUP : 0;
  posix_spawnattr_setflags(&attributes, static_cast<short>(group | POSIX_SPAWN_SETSIGDEF));
  std::vector<char*> words;
  for (std::string& word : start.words) words.push_back(word.data());
  words.push_back(nullptr);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, start.program, &actions, &attributes, words.data(),
                                   start.environment.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) return std::unexpected(error);
  return child;
}

/// While it lives, a pipe that nobody reads raises no signal in this thread, which a host need not
/// ignore.
class BrokenPipesQuiet {
 public:
  BrokenPipesQuiet() {
    sigset_t pending;
    sigemptyset(&broken_);
    sigaddset(&broken_, SIGPIPE);
    ::sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &broken_, &before_);
  }
  BrokenPipesQuiet(const BrokenPipesQuiet&) = delete;
  BrokenPipesQuiet& operator=(const BrokenPipesQuiet&) = delete;
  ~BrokenPipesQuiet() {
    constexpr timespec at_once{};
    // One that was raised here ends here.
    if (!was_pending_)
      while (::sigtimedwait(&broken_, nullptr, &at_once) < 0 && errno == EINTR) continue;
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t broken_{};
  sigset_t before_{};
  bool was_pending_{};
};

/// Feeds the text as fast as the command takes it. One that wants no more of it, or none, may
/// still succeed.
int feed(int pipe, std::string_view text, Steady::time_point end) {
  const BrokenPipesQuiet quiet;
  while (!text.empty()) {
    const auto left = std::chrono::duration_cast<milliseconds>(end - Steady::now()).count();
    if (left <= 0) return ETIMEDOUT;
    pollfd ready{.fd = pipe, .events = POLLOUT, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(left)) < 0 && errno != EINTR) return errno;
    const ssize_t size = ::write(pipe, text.data(), text.size());
    if (size < 0 && errno == EPIPE) return 0;
    if (size < 0 && errno != EINTR && errno != EAGAIN) return errno;
    if (size > 0) text.remove_prefix(static_cast<std::size_t>(size));
  }
  return 0;
}

/// The wait status of the child; none when its time was up.
std::expected<int, int> wait_for(pid_t child, Steady::time_point end,
                                 const IsCancelled& is_cancelled = {}) {
  int span_ms = 1;
  while (true) {
    int status = 0;
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0 && errno != EINTR) return std::unexpected(errno);
    if (is_cancelled && is_cancelled()) return std::unexpected(ECANCELED);
    if (Steady::now() >= end) return std::unexpected(ETIMEDOUT);
    ::poll(nullptr, 0, span_ms);
    span_ms = std::min(2 * span_ms, 20);
  }
}

/// How it ended, in words; empty where all went well.
std::string problem_of(const std::expected<int, int>& status, std::chrono::seconds time_max) {
  if (!status && status.error() == ETIMEDOUT)
    return "it did not end within " + std::to_string(time_max.count()) + " s";
  if (!status) return std::strerror(status.error());
  if (WIFSIGNALED(*status)) return "it was ended by signal " + std::to_string(WTERMSIG(*status));
  if (WEXITSTATUS(*status) != 0)
    return "it ended with code " + std::to_string(WEXITSTATUS(*status));
  return {};
}

/// What comes until the other end is closed; EFBIG for more than 64 KiB.
std::expected<std::string, int> drain(int pipe, Steady::time_point end,
                                      const IsCancelled& is_cancelled) {
  constexpr std::size_t bytes_max = 64UL << 10U;
  // In one place, so that no copy of a secret is left behind.
  std::string text(bytes_max, '\0');
  std::size_t length = 0;
  while (length < text.size()) {
    const auto left = std::chrono::duration_cast<milliseconds>(end - Steady::now()).count();
    if (left <= 0) return std::unexpected(ETIMEDOUT);
    if (is_cancelled && is_cancelled()) return std::unexpected(ECANCELED);
    const auto span = is_cancelled ? std::min(left, wait_max.count()) : left;
    pollfd ready{.fd = pipe, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(span)) < 0 && errno != EINTR)
      return std::unexpected(errno);
    const ssize_t size = ::read(pipe, text.data() + length, text.size() - length);
    if (size < 0 && errno != EINTR && errno != EAGAIN) return std::unexpected(errno);
    if (size == 0) {
      text.resize(length);
      return text;
    }
    if (size > 0) length += static_cast<std::size_t>(size);
  }
  return std::unexpected(EFBIG);
}

/// Ends a process, or for a negative number its whole group.
void end_process(pid_t child) {
  ::kill(child, SIGKILL);
  ::waitpid(child < 0 ? -child : child, nullptr, 0);
}

/// Asks a process to end, as one may that has changed the terminal; then makes it.
void stop_process(pid_t child) {
  constexpr milliseconds patience{500};
  ::kill(child, SIGTERM);
  const auto status = wait_for(child, Steady::now() + patience);
  if (!status && status.error() == ETIMEDOUT) end_process(child);
}

}  // namespace

std::expected<void, std::string> run_shell_command(const ShellCommand& command,
                                                   std::string_view text) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return because(errno);
  File reading{ends[0]};
  File writing{ends[1]};
  ::fcntl(writing.get(), F_SETFL, O_NONBLOCK);
  const auto child = spawn({.program = "/bin/sh",
                            .words = {"sh", "-c", std::string{command.words}},
                            .environment = environment_without(command.hidden_variables),
                            .input = reading.get(),
                            .output = STDERR_FILENO,
                            .has_own_group = true});
  if (!child) return because(child.error());
  reading.close();
  const auto end = Steady::now() + command.time_max;
  const int unfed = feed(writing.get(), text, end);
  writing.close();
  const auto status = unfed == 0 ? wait_for(*child, end) : std::unexpected(unfed);
  if (!status) end_process(-*child);
  std::string problem = problem_of(status, command.time_max);
  if (!problem.empty()) return std::unexpected(std::move(problem));
  return {};
}

std::expected<std::string, std::string> output_of(const Program& program) {
  std::array<int, 2> input{};
  if (::pipe2(input.data(), O_CLOEXEC) != 0) return because(errno);
  File given{input[0]};
  File feeding{input[1]};
  std::array<int, 2> output{};
  if (::pipe2(output.data(), O_CLOEXEC) != 0) return because(errno);
  const File reading{output[0]};
  File writing{output[1]};
  for (const int ours : {feeding.get(), reading.get()}) ::fcntl(ours, F_SETFL, O_NONBLOCK);
  const auto child = spawn({.program = program.words.front().c_str(),
                            .words = {program.words.begin(), program.words.end()},
                            .environment = environment_without({}),
                            .input = given.get(),
                            .output = writing.get(),
                            .has_own_group = false});
  given.close();
  writing.close();
  if (!child) return because(child.error());
  const auto end = Steady::now() + program.time_max;
  // A pipe takes all of it at once.
  const int unfed = feed(feeding.get(), program.input, end);
  feeding.close();
  auto text = unfed == 0 ? drain(reading.get(), end, program.is_cancelled) : std::unexpected(unfed);
  const auto status =
      text ? wait_for(*child, end, program.is_cancelled) : std::unexpected(text.error());
  if (!status && status.error() == ECANCELED)
    stop_process(*child);
  else if (!status)
    end_process(*child);
  std::string problem = problem_of(status, program.time_max);
  if (problem.empty()) return *std::move(text);
  if (text) wipe(*text);
  return std::unexpected(std::move(problem));
}

}  // namespace xai::base
