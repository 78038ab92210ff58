#include "cli/sinks.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/try.h"
#include "cli/render/text.h"
#include "cli/secret_command.h"

namespace xai::cli {

using management::Secret;

namespace {

bool is_variable_name(std::string_view name) {
  const auto fits = [](unsigned char letter) { return std::isalnum(letter) != 0 || letter == '_'; };
  return std::ranges::all_of(name, fits) && std::isdigit(static_cast<unsigned char>(name[0])) == 0;
}

/// A line break in a secret would begin a line of its own.
bool fits_on_a_line(const std::string& text) {
  return std::ranges::all_of(text,
                             [](unsigned char letter) { return letter > ' ' && letter < 0x7f; });
}

std::unexpected<management::Error> unusable(const std::string& path, const std::string& why,
                                            std::string next) {
  return local_failure("cannot put the secret into " + in_quotes(path) + ": " + why,
                       std::move(next));
}

}  // namespace

void declare_sink_options(Options& options, SinkInput& input) {
  options.option("--secret-file", input.file, "FILE", "Put the secret into a new file, mode 0600");
  options.flag("--force", input.force, "Let --secret-file replace a file");
  options.option("--secret-command", input.command, "CMD",
                 "Give the secret to a shell command, on its stdin");
  options.option("--secret-env", input.variable, "NAME", "Write the secret as one line NAME=value");
}

management::Result<SecretSink> SecretSink::open(Session& session, const SinkInput& input) {
  if (!input.file.empty() && !input.command.empty())
    return usage_failure("--secret-file and --secret-command cannot both take the secret",
                         "give one of them");
  if (input.force && input.file.empty())
    return usage_failure("--force is about --secret-file, which is not given");
  if (!input.variable.empty() && !is_variable_name(input.variable))
    return usage_failure("--secret-env wants the name of a variable, not " +
                         in_quotes(input.variable));
  SecretSink sink{session, input};
  if (sink.is_variable() && !sink.is_hidden() && session.is_json())
    return usage_failure("--secret-env prints a line that is not JSON",
                         "leave one of --secret-env and --output json out, or add --secret-file");
  if (!input.file.empty()) TRY(sink.begin_file());
  return sink;
}

management::Result<void> SecretSink::begin_file() {
  struct stat status{};
  if (::lstat(input_.file.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return unusable(input_.file, "it is a folder", "name a new file");
    if (S_ISLNK(status.st_mode))
      return unusable(input_.file, "it is a symbolic link", "name the file itself");
    if (!S_ISREG(status.st_mode))
      return unusable(input_.file, "it is no regular file", "name a new file");
    if (!input_.force)
      return unusable(input_.file, "it is there already", "name a new file, or add --force");
  }
  // Beside its target, so that a rename can put it there in one step.
  const std::string folder = folder_of(input_.file);
  const std::string name = input_.file.substr(input_.file.find_last_of('/') + 1);
  if (name.empty()) return unusable(input_.file, "it names no file", "name a new file");
  std::string path = folder + "/." + name + "." + session_->random_word(8);
  if (!path.starts_with('/'))
    if (char* const here = ::getcwd(nullptr, 0)) {
      path.insert(0, std::string{here} + "/");
      std::free(here);
    }
  constexpr off_t secret_bytes = 4096;
  auto file = open_file(path, O_RDWR | O_CREAT | O_EXCL, 0600);
  int error = file ? reserve(file->get(), secret_bytes) : file.error();
  if (file && error != 0) ::unlink(path.c_str());
  if (error != 0)
    return unusable(input_.file, std::strerror(error), "name a place that can be written to");
  temporary_ = path;
  file_ = *std::move(file);
  return {};
}

SecretSink::~SecretSink() {
  if (file_.is_open()) ::unlink(temporary_.c_str());
}

std::string SecretSink::description() const {
  if (!input_.file.empty()) return "the file " + in_quotes(input_.file);
  return input_.command.empty() ? "standard output" : "the command";
}

std::string SecretSink::options() const {
  std::string text;
  if (!input_.file.empty()) text += " --secret-file " + in_quotes(input_.file);
  if (!input_.command.empty()) text += " --secret-command CMD";
  if (!input_.variable.empty()) text += " --secret-env " + input_.variable;
  return text;
}

std::expected<void, std::string> SecretSink::deliver(const Secret& secret) {
  Output& output = session_->output();
  const auto printed = [&]() -> std::expected<void, std::string> {
    if (output.flush()) return {};
    return std::unexpected(std::string{std::strerror(output.error())});
  };
  if (is_hidden())
    if (auto early = printed(); !early) return early;
  if (!is_hidden() && !is_variable()) return printed();
  if (is_variable() && !fits_on_a_line(secret.reveal()))
    return std::unexpected(std::string{"it holds a sign that does not fit on a line"});
  std::string text =
      is_variable() ? input_.variable + "=" + secret.reveal() + "\n" : secret.reveal();
  std::expected<void, std::string> result;
  if (!input_.file.empty()) {
    result = end_file(text);
  } else if (!input_.command.empty()) {
    result = run_secret_command(input_.command, text);
  } else {
    output.write(text);
    result = printed();
  }
  management::wipe(text);
  return result;
}

std::expected<void, std::string> SecretSink::end_file(const std::string& text) {
  int error = write_all_at(file_.get(), text, 0);
  if (error == 0 && ::ftruncate(file_.get(), static_cast<off_t>(text.size())) != 0) error = errno;
  if (error == 0) error = sync(file_.get());
  if (error == 0) {
    // Without --force a link, which fails where a file has come meanwhile.
    const int done = input_.force ? ::rename(temporary_.c_str(), input_.file.c_str())
                                  : ::link(temporary_.c_str(), input_.file.c_str());
    error = done == 0 ? 0 : errno;
  }
  if (error == 0 && !input_.force) ::unlink(temporary_.c_str());
  if (error != 0) return std::unexpected(std::string{std::strerror(error)});
  file_.close();
  // The name must last as well; a file system that cannot say so has done what it can.
  const int unsynced = sync_folder(folder_of(input_.file));
  if (unsynced == EIO || unsynced == ENOSPC)
    return std::unexpected(std::string{std::strerror(unsynced)});
  return {};
}

}  // namespace xai::cli
