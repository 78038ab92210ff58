#include "emulator/program.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/try.h"
#include "emulator/arguments.h"
#include "emulator/companion.h"
#include "emulator/emulator.h"
#include "emulator/help_text.h"
#include "emulator/seed.h"
#include "emulator/server.h"

namespace xai::emulator {

using management::Error;
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

Result<Seed> read_seed(const std::string& file) {
  std::ifstream stream{file, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream.is_open() || stream.bad())
    return std::unexpected(about(file, Error{.message = "cannot be read"}));
  auto seed = parse_seed(std::move(text));
  if (!seed) return std::unexpected(about(file, seed.error()));
  return seed;
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
  if (!emulator) return std::unexpected(about(database, emulator.error()));
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
  std::cout << server.address() << '\n' << std::flush;
  server.run();
  return exit_done;
}

}  // namespace

int run(int argc, const char* const* argv) {
  const auto arguments = parse_arguments(argc, argv);
  if (!arguments) return complain(arguments.error() + " (see xai_emulator --help)", exit_usage);
  if (arguments->help) std::cout << help_text;
  if (arguments->version) std::cout << "xai_emulator " XAI_VERSION "\n";
  if (arguments->help || arguments->version) return exit_done;
  const auto served = serve(*arguments);
  return served ? *served : complain(served.error().message, exit_local_trouble);
}

}  // namespace xai::emulator
