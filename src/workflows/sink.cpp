#include "workflows/sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
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

/// The folder that the target lies in. Its path is absolute, since a record of it may be read in
/// another folder.
std::string absolute_folder_of(const std::string& target) {
  std::string path = base::folder_of(target);
  if (path.starts_with('/')) return path;
  if (char* const here = ::getcwd(nullptr, 0)) {
    path.insert(0, std::string{here} + "/");
    std::free(here);
  }
  return path;
}

constexpr auto other_place = "name a place that can be written to";

Result<void> check_target(int folder, const std::string& name, const SecretFile& target) {
  struct stat status{};
  if (name.empty()) return unusable(target.path, "it names no file", "name a new file");
  if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return {};
    return unusable(target.path, std::strerror(errno), other_place);
  }
  if (S_ISDIR(status.st_mode)) return unusable(target.path, "it is a folder", "name a new file");
  if (S_ISLNK(status.st_mode))
    return unusable(target.path, "it is a symbolic link", "name the file itself");
  if (!S_ISREG(status.st_mode))
    return unusable(target.path, "it is not a regular file", "name a new file");
  if (target.replaces) return {};
  return unusable(target.path, "it exists already", "name a new file", ErrorKind::already_exists);
}

std::string name_in_folder(const std::string& target) {
  return target.substr(target.rfind('/') + 1);
}

/// The folder that the target may be put into.
Result<base::File> open_place(const std::string& path, const SecretFile& target) {
  auto folder = base::open_folder(path);
  if (!folder) return unusable(target.path, std::strerror(folder.error()), other_place);
  TRY(check_target(folder->get(), name_in_folder(target.path), target));
  return *std::move(folder);
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

Result<void> OpenSink::check(const management::Sink& sink) {
  const auto* const target = std::get_if<SecretFile>(&sink);
  if (target == nullptr) return {};
  const base::File folder = TRY(open_place(absolute_folder_of(target->path), *target));
  if (::faccessat(folder.get(), ".", W_OK | X_OK, AT_EACCESS) == 0) return {};
  return unusable(target->path, std::strerror(errno), other_place);
}

Result<void> OpenSink::begin(const Call& call, const SecretFile& target) {
  folder_path_ = absolute_folder_of(target.path);
  name_ = name_in_folder(target.path);
  folder_ = TRY(open_place(folder_path_, target));
  constexpr std::size_t attempts_max = 100;
  constexpr off_t secret_bytes = 4096;
  constexpr std::size_t letters = 8;
  // A name of the greatest length would leave no room for what is put around it.
  const std::string stem = "." + name_.substr(0, NAME_MAX - letters - 2) + ".";
  std::expected<base::File, int> file{std::unexpect, EEXIST};
  for (std::size_t i = 0; i < attempts_max && !file && file.error() == EEXIST; ++i) {
    // Beside its target, so that one step can put it there.
    temporary_name_ = stem + base::random_word(call.client().pipeline().seams.random, letters, i);
    file = base::open_file_at(folder_.get(), temporary_name_, O_RDWR | O_CREAT | O_EXCL, 0600);
  }
  const int error = file ? base::reserve(file->get(), secret_bytes) : file.error();
  if (file && error != 0) ::unlinkat(folder_.get(), temporary_name_.c_str(), 0);
  if (error != 0) return unusable(target.path, std::strerror(error), other_place);
  temporary_ = folder_path_ + "/" + temporary_name_;
  file_ = *std::move(file);
  return {};
}

OpenSink::~OpenSink() {
  if (file_.is_open() && is_ours(temporary_name_))
    ::unlinkat(folder_.get(), temporary_name_.c_str(), 0);
}

bool OpenSink::is_ours(const std::string& name) const {
  return base::is_at(file_.get(), folder_.get(), name, AT_SYMLINK_NOFOLLOW);
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
  if (error != 0) return because(error);
  const int folder = folder_.get();
  // Else the file would lie where nobody looks for it, or where others wanted it.
  if (!base::is_at(folder, AT_FDCWD, folder_path_, 0))
    return std::unexpected("its folder was moved or replaced meanwhile");
  if (!is_ours(temporary_name_))
    return std::unexpected("the file that was to take its place was moved or replaced meanwhile");
  // Not to replace is to link, which fails where a file has come meanwhile.
  const char* const temporary = temporary_name_.c_str();
  const int done = target.replaces ? ::renameat(folder, temporary, folder, name_.c_str())
                                   : ::linkat(folder, temporary, folder, name_.c_str(), 0);
  if (done != 0) return because(errno);
  if (!is_ours(name_)) return std::unexpected("another file took its place meanwhile");
  if (!target.replaces) ::unlinkat(folder, temporary, 0);
  file_.close();
  // The name must last as well; a file system that cannot say so has done what it can.
  const int unsynced = base::sync(folder);
  if (unsynced == EIO || unsynced == ENOSPC) return because(unsynced);
  return {};
}

std::expected<std::string, std::string> text_of(const Secret& secret, const std::string& variable) {
  if (variable.empty()) return secret.reveal();
  // Such a line is for `eval`, `.` and env files: a line break would begin another one, and what
  // means something to a shell would be run.
  const auto fits = [](unsigned char letter) {
    const bool is_letter_or_digit = (letter >= 'a' && letter <= 'z') ||
                                    (letter >= 'A' && letter <= 'Z') ||
                                    (letter >= '0' && letter <= '9');
    return is_letter_or_digit || std::string_view{"-_.+/=:@%,"}.contains(static_cast<char>(letter));
  };
  if (!std::ranges::all_of(secret.reveal(), fits))
    return std::unexpected(std::string{"it holds a character that a shell may not take as it is"});
  std::string line;
  line.reserve(variable.size() + secret.reveal().size() + 2);
  line.append(variable).append("=").append(secret.reveal()).append("\n");
  return line;
}

}  // namespace xai::workflows
