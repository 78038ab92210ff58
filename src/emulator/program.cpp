#include "emulator/program.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/try.h"
#include "emulator/arguments.h"
#include "emulator/companion.h"
#include "emulator/emulator.h"
#include "emulator/help_text.h"
#include "emulator/seed.h"
#include "emulator/server.h"

namespace xai::emulator {

using management::Error;
using management::ErrorKind;
using management::Result;

namespace {

constexpr int exit_done = 0;
constexpr int exit_usage = 2;
constexpr int exit_local_trouble = 12;

int complain(std::string_view line, int exit_code) {
  std::cerr << "xai_emulator: " << line << '\n';
  return exit_code;
}

Error about(std::string_view what, const Error& error) {
  Error named = error;
  named.message.insert(0, std::string{what} + ": ");
  return named;
}

/// All of a file or pipe.
Result<std::string> read_all(const std::string& file) {
  constexpr std::size_t bytes_max = 64UL << 20U;
  const base::File opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
  std::string text;
  std::array<char, 65'536> buffer{};
  while (opened.is_open() && text.size() <= bytes_max) {
    const ssize_t size = ::read(opened.get(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) break;
    if (size == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  const std::string trouble =
      text.size() > bytes_max ? "it is larger than 64 MiB" : std::strerror(errno);
  return std::unexpected(Error{.message = "cannot be read: " + trouble});
}

Result<Seed> read_seed(const std::string& file) {
  auto text = read_all(file);
  if (!text) return std::unexpected(about(file, text.error()));
  auto seed = parse_seed(*std::move(text));
  if (!seed) return std::unexpected(about(file, seed.error()));
  return seed;
}

/// Gives standard streams that were closed a place of their own. Without one the next file or
/// connection would take it, and what we print would go there.
void occupy_closed_streams() {
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(file, F_GETFD) == -1)
      ::open("/dev/null", (file == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
}

/// Writes to stdout. That it could not must not go unnoticed: somebody may wait for it.
Result<void> print(std::string_view text) {
  const int error = base::write_all(STDOUT_FILENO, text);
  if (error == 0) return {};
  return std::unexpected(
      Error{.message = std::string{"cannot write to standard output: "} + std::strerror(error)});
}

/// What a person pastes into a shell. All of it is URL-safe, so only the braces need quotes.
void print_settings(const Emulator& emulator, const std::string& address) {
  std::cerr << "export XAI_MANAGEMENT_KEY='" << emulator.management_key().reveal()
            << "' XAI_TEAM_ID='" << emulator.team_id() << "'\n"
            << "export XAI_MANAGEMENT_BASE_URL='" << address << "' XAI_INFERENCE_BASE_URL='"
            << address << "/_emulator/clusters/{region}'\n"
            << std::flush;
}

/// A folder that goes with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string path = std::filesystem::temp_directory_path(error) / "xai_emulator.XXXXXX";
    if (::mkdtemp(path.data()) != nullptr) path_ = std::move(path);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  /// Empty when it could not be made.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_{};
};

/// Answers the exit code.
Result<int> serve(Arguments arguments) {
  Options& options = arguments.emulator;
  if (!arguments.seed_file.empty()) options.seed = TRY(read_seed(arguments.seed_file));
  const bool has_seed = options.seed.has_value();
  const std::string database = options.db_file.empty() ? "the state" : options.db_file;
  auto emulator = Emulator::open(std::move(options));
  if (!emulator) {
    const bool is_about_seed = has_seed && emulator.error().kind == ErrorKind::invalid_argument;
    return std::unexpected(about(is_about_seed ? arguments.seed_file : database, emulator.error()));
  }
  if (has_seed && !(*emulator)->is_new())
    std::cerr << "xai_emulator: " << database << " already has a state; the seed is ignored\n";
  arguments.server.ends_on_signals = arguments.command.empty();
  Server server = TRY(Server::listen(**emulator, arguments.server));
  if (!arguments.command.empty()) {
    const TemporaryFolder folder;
    if (folder.path().empty())
      return std::unexpected(Error{.message = "cannot make a folder for the command's settings"});
    return run_beside(server, arguments.command,
                      environment_of_companion(**emulator, server, folder.path()));
  }
  print_settings(**emulator, server.address());
  // Whoever waits for this line may call at once: the socket listens.
  TRY(print(server.address() + "\n"));
  server.run();
  return exit_done;
}

}  // namespace

int run(int argc, const char* const* argv) {
  occupy_closed_streams();
  const auto arguments = parse_arguments(argc, argv);
  if (!arguments) return complain(arguments.error() + " (see xai_emulator --help)", exit_usage);
  if (arguments->help || arguments->version) {
    const auto printed = print(arguments->help ? help_text : "xai_emulator " XAI_VERSION "\n");
    return printed ? exit_done : complain(printed.error().message, exit_local_trouble);
  }
  const auto served = serve(*arguments);
  return served ? *served : complain(served.error().message, exit_local_trouble);
}

}  // namespace xai::emulator
