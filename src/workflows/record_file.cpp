#include "workflows/record_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/printable.h"
#include "base/random_word.h"
#include "base/try.h"
#include "workflows/record_reader.h"

namespace xai::workflows {

using base::open_file;
using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
using management::Result;

namespace {

constexpr std::string_view suffix = ".jsonl";
constexpr std::string_view unnamed_prefix = ".new-";
constexpr std::size_t id_letters = 8;
/// Room for the secret and for the tries to recover it.
constexpr off_t reserved_bytes = 16L << 10U;

std::string pending_folder(const Call& call) { return call.account().state_folder + "/pending"; }

std::unexpected<Error> no_place(const std::string& folder, int error) {
  return std::unexpected{Error{.kind = ErrorKind::failed_precondition,
                               .reason = Reason::no_place_for_record,
                               .message = "cannot keep a record of the operation in " +
                                          base::in_quotes(folder) + " (" + std::strerror(error) +
                                          ")"}};
}

bool is_record_id(std::string_view id) {
  return !id.empty() && std::ranges::all_of(id, [](unsigned char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
  });
}

/// All names in the folder but those of records that are being made; none in one that is not there.
std::expected<std::vector<std::string>, int> file_names(const std::string& folder) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory{::opendir(folder.c_str()), ::closedir};
  if (!directory && errno == ENOENT) return names;
  if (!directory) return std::unexpected{errno};
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string_view name{entry->d_name};
    if (name != "." && name != ".." && !name.starts_with(unnamed_prefix)) names.emplace_back(name);
  }
  return names;
}

/// That no link to the folder leads nowhere: the records behind it, and the secrets in them, would
/// be out of sight. A folder that is merely missing holds none.
Result<void> check_folder(const std::string& folder) {
  const std::string link = base::broken_link(folder);
  if (link.empty()) return {};
  return std::unexpected{Error{
      .kind = ErrorKind::failed_precondition,
      .reason = Reason::local_trouble,
      .message = "the records of unfinished operations cannot be read: " + base::in_quotes(link) +
                 " is a symbolic link that leads nowhere",
      .next = "bring back what it leads to, such as a disk to mount, or repair the link"}};
}

/// The id of the record in a file of that name; empty when no record has such a name.
std::string id_of(std::string_view name) {
  if (!name.ends_with(suffix)) return {};
  name.remove_suffix(suffix.size());
  return is_record_id(name) ? std::string{name} : std::string{};
}

std::string path_of(const std::string& folder, const std::string& id) {
  return folder + "/" + id + std::string{suffix};
}

/// Whether the file that is open still has its name: its process may just have removed it.
bool is_named(int file) {
  struct stat status{};
  return ::fstat(file, &status) == 0 && status.st_nlink > 0;
}

/// A file that a sink of ours could have begun; a record that says otherwise was tampered with.
bool is_temporary_file(const std::string& path) {
  const std::string_view name = std::string_view{path}.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (!path.starts_with('/') || !name.starts_with('.') || dot == 0 ||
      dot == std::string_view::npos || !base::is_random_word(name.substr(dot + 1), id_letters))
    return false;
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         status.st_uid == ::geteuid() && (status.st_mode & 07777U) == 0600;
}

std::unexpected<Error> unusable(const std::string& path, const std::string& fault) {
  return std::unexpected{Error{.kind = ErrorKind::failed_precondition,
                               .reason = Reason::local_trouble,
                               .message = "the record " + base::in_quotes(path) + " " + fault,
                               .next = "look at that file"}};
}

/// The lock of a record, for which a moment is waited: who lists the records holds it, too.
bool lock(const Call& call, int file) {
  constexpr int attempts_max = 20;
  for (int attempt = 1; ::flock(file, LOCK_EX | LOCK_NB) != 0; ++attempt) {
    if (attempt == attempts_max) return false;
    call.pause(std::chrono::milliseconds{50});
  }
  return true;
}

/// Where a record is made before it has its name. No name is used twice: who makes this file first
/// holds the id, and looks whether a record of that id is there only then.
struct Unnamed {
  std::string id{};
  std::string path{};
  base::File file{};
};
std::expected<Unnamed, int> open_unnamed(const Call& call, const std::string& folder) {
  constexpr std::size_t attempts_max = 100;
  for (std::size_t attempt = 0; attempt < attempts_max; ++attempt) {
    std::string id = base::random_word(call.client().pipeline().seams.random, id_letters, attempt);
    std::string path = folder + "/" + std::string{unnamed_prefix} + id;
    auto file = open_file(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (!file && file.error() == EEXIST) continue;
    if (!file) return std::unexpected{file.error()};
    if (::access(path_of(folder, id).c_str(), F_OK) != 0)
      return Unnamed{std::move(id), std::move(path), *std::move(file)};
    ::unlink(path.c_str());
  }
  return std::unexpected{EEXIST};
}

}  // namespace

Result<TakenRecord> RecordFile::create(const Call& call, Record record) {
  const std::string folder = pending_folder(call);
  if (const int error = base::make_folders(folder)) return no_place(folder, error);
  auto unnamed = open_unnamed(call, folder);
  if (!unnamed) return no_place(folder, unnamed.error());
  record.id = unnamed->id;
  record.start = call.now();
  record.service_start = call.known_service_now();
  // Locked before it has its name, so that nobody takes it for one that was left behind.
  const std::string line = line_of(record);
  const std::string path = path_of(folder, record.id);
  const int file = unnamed->file.get();
  int error = ::flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  if (error == 0) error = base::reserve(file, reserved_bytes);
  if (error == 0) error = base::write_all_at(file, line, 0);
  if (error == 0) error = base::sync(file);
  if (error == 0 && !is_own(file)) error = EPERM;
  if (error == 0 && ::rename(unnamed->path.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) {
    error = base::sync_folder(folder);
    if (error != 0) ::unlink(path.c_str());
  } else {
    ::unlink(unnamed->path.c_str());
  }
  if (error != 0) return no_place(folder, error);
  return TakenRecord{std::move(record),
                     RecordFile{folder, std::move(unnamed->file), static_cast<off_t>(line.size())}};
}

Result<TakenRecord> RecordFile::take(const Call& call, const std::string& id) {
  const std::string folder = pending_folder(call);
  const auto not_there = [&] {
    return std::unexpected{
        Error{.kind = ErrorKind::not_found,
              .outcome = Outcome::refused,
              .message = "there is no unfinished operation " + base::in_quotes(id)}};
  };
  if (call.account().state_folder.empty() || !is_record_id(id)) return not_there();
  TRY(check_folder(folder));
  const std::string path = path_of(folder, id);
  auto file = open_file(path, O_RDWR);
  // What is to be delivered needs no more than to be read.
  if (!file && (file.error() == EROFS || file.error() == EACCES)) file = open_file(path, O_RDONLY);
  if (!file && file.error() == ENOENT) return not_there();
  if (!file) return unusable(path, fault_of_open(file.error()));
  if (!lock(call, file->get()))
    return std::unexpected{
        Error{.kind = ErrorKind::failed_precondition,
              .outcome = Outcome::refused,
              .reason = Reason::under_way,
              .message = "the operation " + id + " is still under way in another process",
              .next = "wait for it to end"}};
  if (!is_named(file->get())) return not_there();
  auto read = read_record(file->get(), id);
  if (!read) return unusable(path, read.error());
  Record& record = read->record;
  if (record.is_newer)
    return std::unexpected{
        Error{.kind = ErrorKind::unimplemented,
              .outcome = Outcome::refused,
              .message = "the operation " + id + " was begun by a later version of this program",
              .next = "use that version"}};
  const int error = base::reserve(file->get(), read->end + reserved_bytes);
  if (error != 0 && record.secret.empty()) return no_place(folder, error);
  return TakenRecord{std::move(record), RecordFile{folder, *std::move(file), read->end}};
}

int RecordFile::note(const Record& record) {
  std::string line = line_of(record);
  int error = base::write_all_at(file_.get(), line, bytes_);
  if (error == 0) error = base::sync(file_.get());
  // Nobody finds what was written to a file that somebody took away or moved.
  if (error == 0 &&
      !base::is_at(file_.get(), AT_FDCWD, path_of(folder_, record.id), AT_SYMLINK_NOFOLLOW))
    error = ENOENT;
  if (error == 0) bytes_ += static_cast<off_t>(line.size());
  management::wipe(line);
  return error;
}

int RecordFile::remove(const Record& record) {
  remove_temporary(record.temporary_file);
  const int error = ::unlink(path_of(folder_, record.id).c_str()) == 0 ? 0 : errno;
  file_.close();
  return error;
}

void RecordFile::remove_temporary(const std::string& path) {
  if (is_temporary_file(path)) ::unlink(path.c_str());
}

Result<std::vector<Record>> list_records(const Call& call) {
  std::vector<Record> list;
  if (call.account().state_folder.empty()) return list;
  const std::string folder = pending_folder(call);
  TRY(check_folder(folder));
  const auto names = file_names(folder);
  if (!names) return no_place(folder, names.error());
  for (const std::string& name : *names) {
    const std::string id = id_of(name);
    const auto add_unreadable = [&](std::string fault) {
      list.push_back({.id = name, .unreadable = std::move(fault)});
    };
    if (id.empty()) {
      add_unreadable("is not a record of this program");
      continue;
    }
    const auto file = open_file(folder + "/" + name, O_RDONLY);
    if (!file && file.error() != ENOENT) add_unreadable(fault_of_open(file.error()));
    if (!file) continue;
    const bool is_running = ::flock(file->get(), LOCK_SH | LOCK_NB) != 0;
    if (!is_named(file->get())) continue;
    auto read = read_record(file->get(), id);
    if (!read) {
      add_unreadable(std::move(read).error());
      continue;
    }
    list.push_back(std::move(read->record));
    list.back().is_running = is_running;
  }
  std::ranges::sort(list, {}, &Record::start);
  return list;
}

void remove_unnamed_records(const Call& call) {
  if (!call.account().state_folder.empty())
    base::remove_left_behind(pending_folder(call), unnamed_prefix, call.now());
}

bool is_another_running(const Call& call, const Record& own) {
  const auto list = list_records(call);
  return list && std::ranges::any_of(*list, [&](const Record& other) {
           return other.is_running && other.id != own.id && other.operation == own.operation &&
                  other.about("name") == own.about("name") && other.base_url == own.base_url &&
                  other.team_id == own.team_id;
         });
}

}  // namespace xai::workflows
