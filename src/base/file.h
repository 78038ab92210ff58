#pragma once

#include <sys/types.h>

#include <expected>
#include <string>
#include <string_view>

#include "xai/management/timestamp.h"

namespace xai::base {

// Files of this machine. What can fail answers 0 or the errno that stopped it.

/// An open file, closed when it goes.
class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_{descriptor} {}
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File() { close(); }

  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  int close();

 private:
  int descriptor_{-1};
};

/// Opens with `flags`, never handed on to children and never through a link at the end of `path`.
/// What is neither a file nor a folder, a pipe say, is never waited for: EINVAL.
std::expected<File, int> open_file(const std::string& path, int flags, mode_t mode = 0);

std::expected<File, int> open_file_at(int folder, const std::string& name, int flags,
                                      mode_t mode = 0);
/// Opens a folder to work in; links may lead to it.
std::expected<File, int> open_folder(const std::string& path);

/// Whether `path`, taken from `folder`, leads to what is open as `file`. `flags` are those of
/// fstatat: without AT_SYMLINK_NOFOLLOW a link may lead there.
bool is_at(int file, int folder, const std::string& path, int flags);

int write_all(int file, std::string_view text);
int write_all_at(int file, std::string_view text, off_t offset);

/// Makes sure that the first `bytes` of the file can be written without finding the disk full.
int reserve(int file, off_t bytes);

/// Puts a file with `text`, for this user alone, in the place of what is at `path`: whole or not at
/// all, also where a kill or a full disk comes between. `fresh` is a name beside it for the while.
int replace_file(const std::string& path, const std::string& fresh, std::string_view text);

int sync(int file);
/// Makes a name that was added or taken away in `folder` last.
int sync_folder(const std::string& folder);

/// Makes the folder and those above it that are missing, for this user alone.
int make_folders(const std::string& folder);

/// The symbolic link at `path`, or on the way to it, that leads nowhere, as to a disk that is not
/// mounted; empty where there is none, so that what is not there is merely missing.
std::string broken_link(const std::string& path);

/// All of the file, unless it is larger than `bytes_max` (EFBIG).
std::expected<std::string, int> read_all(int file, std::size_t bytes_max);

/// Removes the files of `folder` whose names begin with `prefix` and that nobody has written to for
/// an hour before `now`: what kills left behind of files that were to take another's place.
void remove_left_behind(const std::string& folder, std::string_view prefix,
                        management::Timestamp now);

/// The folder that `path` lies in: `.` for a bare name.
std::string folder_of(const std::string& path);

}  // namespace xai::base
