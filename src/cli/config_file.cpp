#include "cli/config_file.h"

#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/printable.h"
#include "base/try.h"

namespace xai::cli {

using namespace management;

Result<std::string> config_path(Session& session) {
  if (auto path = configuration_path(session.environment())) return *std::move(path);
  return local_failure("there is no place for settings: neither XDG_CONFIG_HOME nor HOME is set",
                       "set HOME to your home folder");
}

Result<ConfigFile> read_config(Session& session) {
  std::string path = TRY(config_path(session));
  std::string text = TRY(read_configuration_text(path));
  auto configuration = TRY(parse_configuration(text, path));
  return ConfigFile{std::move(path), std::move(text), std::move(configuration)};
}

namespace {

std::unexpected<Error> cannot_write(const std::string& path, int error) {
  return local_failure(
      "cannot write " + in_quotes(path) + " (" + std::strerror(error) + "); it was not changed",
      "make room, or set XDG_CONFIG_HOME to a folder that can be written to");
}

}  // namespace

Result<base::File> hold_config_folder(Session& session, const std::string& path) {
  const std::string folder = base::folder_of(path);
  if (const int error = base::make_folders(folder)) return cannot_write(path, error);
  auto held = base::open_folder(folder);
  if (!held) return cannot_write(path, held.error());
  constexpr int attempts_max = 100;
  for (int attempt = 1; ::flock(held->get(), LOCK_EX | LOCK_NB) != 0; ++attempt) {
    // Some file systems have no locks, and no lock is no reason to change nothing.
    if (errno != EWOULDBLOCK) break;
    if (attempt == attempts_max)
      return local_failure("another run is changing " + in_quotes(path) + "; it was not changed",
                           "try again");
    session.sleep(std::chrono::milliseconds{20});
  }
  return *std::move(held);
}

Result<void> replace_text(Session& session, const std::string& path, std::string_view text) {
  std::string target = path;
  // The file that a link leads to is the one that is meant.
  if (char* const real = ::realpath(path.c_str(), nullptr)) {
    target = real;
    std::free(real);
  }
  const std::string folder = base::folder_of(target);
  constexpr std::string_view fresh_prefix = ".manage_xai.";
  base::remove_left_behind(folder, fresh_prefix, session.now());
  const std::string fresh = folder + "/" + std::string{fresh_prefix} + session.random_word(8);
  if (const int error = base::replace_file(target, fresh, text)) return cannot_write(target, error);
  return {};
}

}  // namespace xai::cli
