#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include "base/wipe.h"
#include "xai/management/secret.h"

namespace xai::base {

File::File(File&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

int File::close() {
  if (!is_open()) return 0;
  // Linux frees the descriptor even when it reports a failure.
  return ::close(std::exchange(descriptor_, -1)) == 0 || errno == EINTR ? 0 : errno;
}

std::expected<File, int> open_file(const std::string& path, int flags, mode_t mode) {
  return open_file_at(AT_FDCWD, path, flags, mode);
}

std::expected<File, int> open_file_at(int folder, const std::string& name, int flags, mode_t mode) {
  constexpr int always = O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
  const int descriptor = ::openat(folder, name.c_str(), flags | always, mode);
  if (descriptor < 0) return std::unexpected(errno == ENXIO ? EINVAL : errno);
  File file{descriptor};
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return std::unexpected(errno);
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return std::unexpected(EINVAL);
  return file;
}

std::expected<File, int> open_folder(const std::string& path) {
  int file = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // One that may be written to but not read can still be worked in.
  if (file < 0 && errno == EACCES) file = ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return std::unexpected(errno);
  return File{file};
}

bool is_at(int file, int folder, const std::string& path, int flags) {
  struct stat open{};
  struct stat named{};
  return ::fstat(file, &open) == 0 && ::fstatat(folder, path.c_str(), &named, flags) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(file, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return 0;
}

int write_all_at(int file, std::string_view text, off_t offset) {
  while (!text.empty()) {
    const ssize_t size = ::pwrite(file, text.data(), text.size(), offset);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(size));
    offset += size;
  }
  return 0;
}

int reserve(int file, off_t bytes) {
  int error = 0;
  do error = ::posix_fallocate(file, 0, bytes);
  while (error == EINTR);
  return error;
}

int replace_file(const std::string& path, const std::string& fresh, std::string_view text) {
  const auto file = open_file(fresh, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!file) return file.error();
  int error = write_all(file->get(), text);
  if (error == 0) error = sync(file->get());
  if (error == 0 && ::rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(fresh.c_str());
  return error == 0 ? sync_folder(folder_of(path)) : error;
}

int sync(int file) {
  while (::fsync(file) != 0)
    if (errno != EINTR) return errno;
  return 0;
}

int sync_folder(const std::string& folder) {
  const auto file = open_folder(folder);
  return file ? sync(file->get()) : file.error();
}

int make_folders(const std::string& folder) {
  const std::string above = folder_of(folder);
  bool is_new = ::mkdir(folder.c_str(), 0700) == 0;
  if (!is_new && errno == ENOENT && above != folder && above != ".") {
    if (const int error = make_folders(above)) return error;
    is_new = ::mkdir(folder.c_str(), 0700) == 0;
  }
  if (is_new) return sync_folder(above);
  if (errno != EEXIST) return errno;
  // Links may stand above it; what is our own must not be one.
  struct stat status{};
  if (::lstat(folder.c_str(), &status) != 0) return errno;
  return S_ISLNK(status.st_mode) ? ELOOP : 0;
}

std::string broken_link(const std::string& path) {
  for (std::string part = path;; part = folder_of(part)) {
    struct stat status{};
    if (::lstat(part.c_str(), &status) == 0)
      return S_ISLNK(status.st_mode) && ::stat(part.c_str(), &status) != 0 && errno == ENOENT ? part
                                                                                              : "";
    if (errno != ENOENT || part == "/") return {};
  }
}

std::expected<std::string, int> read_all(int file, std::size_t bytes_max) {
  std::string text;
  std::array<char, 4096> buffer{};
  int error = 0;
  while (error == 0) {
    const ssize_t size =
        ::pread(file, buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) error = errno;
    if (size <= 0) break;
    append_wiping(text, {buffer.data(), static_cast<std::size_t>(size)});
    if (text.size() > bytes_max) error = EFBIG;
  }
  wipe(buffer);
  if (error == 0) return text;
  management::wipe(text);
  return std::unexpected(error);
}

void remove_left_behind(const std::string& folder, std::string_view prefix,
                        management::Timestamp now) {
  constexpr std::chrono::hours age_min{1};
  const auto before = std::chrono::floor<std::chrono::seconds>(now - age_min).time_since_epoch();
  const std::unique_ptr<DIR, int (*)(DIR*)> directory{::opendir(folder.c_str()), ::closedir};
  if (!directory) return;
  while (const dirent* entry = ::readdir(directory.get())) {
    if (!std::string_view{entry->d_name}.starts_with(prefix)) continue;
    const std::string path = folder + "/" + entry->d_name;
    struct stat status{};
    if (::lstat(path.c_str(), &status) == 0 && status.st_mtime < before.count())
      ::unlink(path.c_str());
  }
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace xai::base
