#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/process_memory.h"
#include "base/wipe.h"
#include "cli/app.h"

namespace {

using xai::cli::Output;

/// The arguments, with the management key struck out where `ps` would show it.
std::vector<std::string> take_arguments(int count, char** words) {
  constexpr std::string_view option = "--management-key";
  std::vector<std::string> arguments(words + 1, words + count);
  for (int i = 1; i < count; ++i) {
    char* word = words[i];
    const std::string_view text{word};
    if (text == option && i + 1 < count)
      std::memset(words[i + 1], '*', std::strlen(words[i + 1]));
    else if (text.starts_with(option) && text.substr(option.size()).starts_with('='))
      std::memset(word + option.size() + 1, '*', text.size() - option.size() - 1);
  }
  return arguments;
}

/// The variable's value; one that holds a key is overwritten where the process was given it.
std::optional<std::string> take_variable(const std::string& name) {
  char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  std::string text{value};
  if (name == "XAI_MANAGEMENT_KEY" || name == "XAI_MANAGEMENT_API_KEY" ||
      name == xai::client::foreign_key_variable)
    xai::base::wipe({value, text.size()});
  return text;
}

/// The first signal that asked us to stop.
volatile std::sig_atomic_t asked_to_stop = 0;

/// What the second signal leaves to say; its size is set once it is whole.
std::array<char, 1024> last_words{};
std::atomic<std::size_t> last_words_size{};
static_assert(std::atomic<std::size_t>::is_always_lock_free);

void keep_last_words(std::string_view text) {
  last_words_size = 0;
  const std::size_t size = std::min(text.size(), last_words.size());
  std::copy_n(text.begin(), size, last_words.begin());
  last_words_size = size;
}

/// The first time whatever is under way comes to its end; the second time all ends here, and the
/// record of a secret under way stays.
void stop_soon(int signal) {
  if (asked_to_stop == 0) {
    asked_to_stop = signal;
    return;
  }
  // A reader of standard error that stands still must not hold us up.
  pollfd ready{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
  const bool can_say = ::poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT) != 0;
  const ssize_t said =
      can_say ? ::write(STDERR_FILENO, last_words.data(), last_words_size) : ssize_t{};
  // Whether all of it went out changes nothing.
  (void)said;
  ::_exit(128 + signal);
}

void watch_signals() {
  struct sigaction action{};
  action.sa_handler = stop_soon;
  // Without SA_RESTART, so that a prompt or a wait ends at once.
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction before{};
    // What our parent had us ignore, as nohup and a shell's `&` do, stays ignored.
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
      ::sigaction(signal, &action, nullptr);
  }
  // A closed pipe and a limit of file size are answered by errno.
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);
}

/// Sleeps, unless and until a signal asks us to stop.
void sleep_for(std::chrono::milliseconds span) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(span);
  timespec left{.tv_sec = seconds.count(),
                .tv_nsec = std::chrono::nanoseconds{span - seconds}.count()};
  while (asked_to_stop == 0 && ::nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}

void end_within(std::chrono::milliseconds span) {
  std::signal(SIGALRM, [](int) { ::_exit(0); });
  const auto microseconds = std::chrono::microseconds{span}.count();
  const itimerval timer{
      .it_interval = {},
      .it_value = {.tv_sec = microseconds / 1'000'000, .tv_usec = microseconds % 1'000'000}};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

std::optional<std::string> read_line() {
  std::string line;
  char letter = 0;
  constexpr std::size_t line_bytes_max = 64UL << 10U;
  while (line.size() < line_bytes_max) {
    const ssize_t size = ::read(STDIN_FILENO, &letter, 1);
    if (size < 0 && errno == EINTR && asked_to_stop == 0) continue;
    if (size <= 0) return line.empty() ? std::nullopt : std::optional{line};
    if (letter == '\n') return line;
    line += letter;
  }
  return line;
}

/// A line that the terminal does not show while it is typed.
std::optional<std::string> read_secret() {
  termios shown{};
  const bool is_terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  termios hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  if (is_terminal) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  auto line = read_line();
  if (is_terminal) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    // The line end that was typed was not shown either.
    (void)xai::base::write_all(STDERR_FILENO, "\n");
  }
  return line;
}

/// Gives standard streams that were closed a place of their own. Without one the next file or
/// connection would take it, and what we print, secrets too, would go there.
void occupy_closed_streams() {
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(file, F_GETFD) == -1)
      ::open("/dev/null", (file == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
}

int write_to(int file, std::string_view text) {
  // An empty text asks whether the stream can be written to at all.
  while (text.empty() && ::write(file, "", 0) < 0)
    if (errno != EINTR) return errno;
  return xai::base::write_all(file, text);
}

Output make_output(int file) {
  const bool is_terminal = ::isatty(file) == 1;
  winsize size{};
  std::size_t columns = 80;
  if (is_terminal && ::ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    columns = size.ws_col;
  const char* terminal = std::getenv("TERM");
  const bool has_colour =
      is_terminal && terminal != nullptr && std::string_view{terminal} != "dumb";
  return Output{[file](std::string_view text) { return write_to(file, text); }, is_terminal,
                columns, has_colour};
}

}  // namespace

int main(int argument_count, char** arguments) {
  xai::base::keep_memory_between_answers();
  occupy_closed_streams();
  xai::base::keep_memory_private();
  watch_signals();
  // libcurl would write the keys of TLS sessions there.
  ::unsetenv("SSLKEYLOGFILE");
  xai::cli::Process process{.arguments = take_arguments(argument_count, arguments),
                            .environment = take_variable,
                            .read_line = read_line,
                            .read_secret = read_secret,
                            .is_input_terminal = ::isatty(STDIN_FILENO) == 1,
                            .clock = xai::base::system_clock(),
                            .sleep = sleep_for,
                            .random = xai::base::system_random(),
                            .interrupted = [] { return static_cast<int>(asked_to_stop); },
                            .end_within = end_within,
                            .keep_last_words = keep_last_words};
  Output output = make_output(STDOUT_FILENO);
  Output error_output = make_output(STDERR_FILENO);
  return xai::base::give_memory_back(xai::cli::run(process, output, error_output));
}
