#include "emulator/database_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/try.h"

namespace xai::emulator {

using management::Error;
using management::ErrorKind;
using management::Result;

namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

std::unexpected<Error> unusable_file(std::string message, int error = 0) {
  if (error != 0) message.append(": ").append(std::strerror(error));
  return std::unexpected(
      Error{.kind = ErrorKind::failed_precondition, .message = std::move(message)});
}

/// Looks at what is there without opening it.
std::optional<struct stat> file_status(const base::File& file) {
  struct stat status{};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) return std::nullopt;
  return status;
}

Result<base::File> find_or_make(const std::string& name) {
  base::File found{::open(name.c_str(), O_PATH | O_CLOEXEC)};
  if (found.is_open()) return found;
  if (errno != ENOENT) return unusable_file("cannot be found", errno);
  // Also what a link leads to is made here, and not by SQLite, which would let others read it.
  constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  const base::File made{::open(name.c_str(), flags, owner_only)};
  if (!made.is_open()) return unusable_file("cannot be made", errno);
  found = base::File{::open(name.c_str(), O_PATH | O_CLOEXEC)};
  if (!found.is_open()) return unusable_file("cannot be found", errno);
  return found;
}

Result<void> check_kind(const base::File& file) {
  const auto status = file_status(file);
  if (!status) return unusable_file("cannot be looked at", errno);
  if (S_ISDIR(status->st_mode)) return unusable_file("is a directory; the state needs a file");
  if (!S_ISREG(status->st_mode)) return unusable_file("is not a regular file; the state needs one");
  // SQLite takes a single byte for nothing, and would overwrite it.
  if (status->st_size == 1) return unusable_file("file is not a database");
  return {};
}

Result<void> check_file_access(const std::string& path) {
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK | W_OK, AT_EACCESS) != 0)
    return unusable_file("cannot be read and written", errno);
  const std::string folder = base::folder_of(path);
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
    return unusable_file("its log cannot be made in " + folder, errno);
  return {};
}

void make_owner_only(const base::File& file) {
  // By its descriptor, whatever stands at its name by now.
  (void)::chmod(("/proc/self/fd/" + std::to_string(file.get())).c_str(), owner_only);
}

}  // namespace

Result<DatabaseFile> DatabaseFile::open(const std::string& name) {
  DatabaseFile result;
  result.file_ = TRY(find_or_make(name));
  TRY(check_kind(result.file_));
  const std::unique_ptr<char, decltype(&std::free)> path{::realpath(name.c_str(), nullptr),
                                                         std::free};
  if (path == nullptr) return unusable_file("cannot be found", errno);
  result.path_ = path.get();
  if (!result.is_in_place()) return unusable_file("was replaced while it was being opened");
  TRY(check_file_access(result.path_));
  struct stat log{};
  result.had_log_ = ::lstat((result.path_ + "-wal").c_str(), &log) == 0;
  return result;
}

bool DatabaseFile::is_in_place() const {
  return base::is_at(file_.get(), AT_FDCWD, path_, AT_SYMLINK_NOFOLLOW);
}

void DatabaseFile::keep_private() const {
  const auto owned = file_status(file_);
  if (!owned) return;
  make_owner_only(file_);
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    const base::File beside{::open((path_ + suffix).c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC)};
    const auto status = file_status(beside);
    if (status && S_ISREG(status->st_mode) && status->st_uid == owned->st_uid)
      make_owner_only(beside);
  }
}

void DatabaseFile::remove_new_log() const {
  const std::string log = path_ + "-wal";
  struct stat status{};
  if (!had_log_ && ::lstat(log.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
      status.st_size == 0)
    ::unlink(log.c_str());
}

}  // namespace xai::emulator
