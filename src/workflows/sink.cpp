#include "workflows/sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/printable.h"
#include "base/random_word.h"
#include "base/try.h"

namespace xai::workflows {

using management::Error;
using management::ErrorKind;
using management::Reason;
using management::Result;
using management::Secret;
using management::SecretFile;

namespace {

std::unexpected<Error> unusable(const std::string& path, const std::string& why, std::string next,
                                ErrorKind kind = ErrorKind::failed_precondition) {
  return std::unexpected{
      Error{.kind = kind,
            .reason = Reason::local_trouble,
            .message = "cannot put the secret into " + base::in_quotes(path) + ": " + why,
            .next = std::move(next)}};
}

Result<void> check_target(const SecretFile& target) {
  struct stat status{};
  if (::lstat(target.path.c_str(), &status) != 0) {
    if (!target.path.empty() && !target.path.ends_with('/')) return {};
    return unusable(target.path, "it names no file", "name a new file");
  }
  if (S_ISDIR(status.st_mode)) return unusable(target.path, "it is a folder", "name a new file");
  if (S_ISLNK(status.st_mode))
    return unusable(target.path, "it is a symbolic link", "name the file itself");
  if (!S_ISREG(status.st_mode))
    return unusable(target.path, "it is no regular file", "name a new file");
  if (target.replaces) return {};
  return unusable(target.path, "it is there already", "name a new file", ErrorKind::already_exists);
}

/// A name for the new file: beside its target, so that a rename can put it there in one step, and
/// absolute, since its record may be read in another folder.
std::string path_beside(const std::string& target) {
  std::string path = base::folder_of(target) + "/." + target.substr(target.rfind('/') + 1) + ".";
  if (path.starts_with('/')) return path;
  if (char* const here = ::getcwd(nullptr, 0)) {
    path.insert(0, std::string{here} + "/");
    std::free(here);
  }
  return path;
}

std::expected<void, std::string> because(int error) {
  return std::unexpected(std::string{std::strerror(error)});
}

}  // namespace

Result<OpenSink> OpenSink::open(const Call& call, management::Sink sink) {
  OpenSink opened{std::move(sink)};
  if (const auto* const target = std::get_if<SecretFile>(&opened.sink_))
    TRY(opened.begin(call, *target));
  return opened;
}

Result<void> OpenSink::begin(const Call& call, const SecretFile& target) {
  TRY(check_target(target));
  constexpr std::size_t attempts_max = 100;
  constexpr off_t secret_bytes = 4096;
  const std::string beside = path_beside(target.path);
  std::expected<base::File, int> file{std::unexpect, EEXIST};
  std::string path;
  for (std::size_t i = 0; i < attempts_max && !file && file.error() == EEXIST; ++i) {
    path = beside + base::random_word(call.client().pipeline().seams.random, 8, i);
    file = base::open_file(path, O_RDWR | O_CREAT | O_EXCL, 0600);
  }
  const int error = file ? base::reserve(file->get(), secret_bytes) : file.error();
  if (file && error != 0) ::unlink(path.c_str());
  if (error != 0)
    return unusable(target.path, std::strerror(error), "name a place that can be written to");
  temporary_ = std::move(path);
  file_ = *std::move(file);
  return {};
}

OpenSink::~OpenSink() {
  if (file_.is_open()) ::unlink(temporary_.c_str());
}

std::expected<void, std::string> OpenSink::deliver(const Secret& secret) {
  const auto* const target = std::get_if<SecretFile>(&sink_);
  if (target == nullptr) return std::get<management::TakeSecret>(sink_)(secret);
  auto text = text_of(secret, target->variable);
  if (!text) return std::unexpected(std::move(text).error());
  auto result = end(*target, *text);
  management::wipe(*text);
  return result;
}

std::expected<void, std::string> OpenSink::end(const SecretFile& target, const std::string& text) {
  int error = base::write_all_at(file_.get(), text, 0);
  if (error == 0 && ::ftruncate(file_.get(), static_cast<off_t>(text.size())) != 0) error = errno;
  if (error == 0) error = base::sync(file_.get());
  if (error == 0) {
    // Not to replace is to link, which fails where a file has come meanwhile.
    const int done = target.replaces ? ::rename(temporary_.c_str(), target.path.c_str())
                                     : ::link(temporary_.c_str(), target.path.c_str());
    error = done == 0 ? 0 : errno;
  }
  if (error == 0 && !target.replaces) ::unlink(temporary_.c_str());
  if (error != 0) return because(error);
  file_.close();
  // The name must last as well; a file system that cannot say so has done what it can.
  const int unsynced = base::sync_folder(base::folder_of(target.path));
  if (unsynced == EIO || unsynced == ENOSPC) return because(unsynced);
  return {};
}

std::expected<std::string, std::string> text_of(const Secret& secret, const std::string& variable) {
  // A line break in a secret would begin a line of its own.
  const auto fits = [](unsigned char letter) { return letter > ' ' && letter < 0x7f; };
  if (variable.empty()) return secret.reveal();
  if (!std::ranges::all_of(secret.reveal(), fits))
    return std::unexpected(std::string{"it holds a sign that does not fit on a line"});
  return variable + "=" + secret.reveal() + "\n";
}

}  // namespace xai::workflows
