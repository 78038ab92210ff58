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
constexpr std::size_t record_bytes_max = 1UL << 20U;
/// Room for the secret and for the tries to recover it.
constexpr off_t reserved_bytes = 16L << 10U;

std::string pending_folder(const Call& call) { return call.account().state_folder + "/pending"; }

std::unexpected<Error> no_place(const std::string& folder, int error) {
  return std::unexpected{Error{.kind = ErrorKind::failed_precondition,
                               .reason = Reason::no_place_for_record,
                               .message = "cannot keep a record of the secret under way in " +
                                          base::in_quotes(folder) + " (" + std::strerror(error) +
                                          ")"}};
}

/// Where the lines end: the next one goes there.
off_t end_of_lines(const std::string& text) {
  const std::size_t end = std::min(text.find('\0'), text.size());
  const std::size_t last = std::string_view{text}.substr(0, end).rfind('\n');
  return last == std::string::npos ? 0 : static_cast<off_t>(last) + 1;
}

bool is_record_id(std::string_view id) {
  return !id.empty() && std::ranges::all_of(id, [](unsigned char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
  });
}

std::vector<std::string> record_ids(const std::string& folder) {
  std::vector<std::string> ids;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory{::opendir(folder.c_str()), ::closedir};
  if (!directory) return ids;
  while (const dirent* entry = ::readdir(directory.get())) {
    std::string_view name{entry->d_name};
    if (!name.ends_with(suffix)) continue;
    name.remove_suffix(suffix.size());
    if (is_record_id(name)) ids.emplace_back(name);
  }
  return ids;
}

std::string path_of(const std::string& folder, const std::string& id) {
  return folder + "/" + id + std::string{suffix};
}

/// Whether the file that is open still has its name: its process may just have removed it.
bool is_named(int file) {
  struct stat status{};
  return ::fstat(file, &status) == 0 && status.st_nlink > 0;
}

/// A path that a sink of ours could have begun; a record that says otherwise was tampered with.
bool is_temporary_name(const std::string& path) {
  const std::string_view name = std::string_view{path}.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return path.starts_with('/') && name.starts_with('.') && dot != 0 &&
         dot != std::string_view::npos && base::is_random_word(name.substr(dot + 1), id_letters);
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
  if (call.client().pipeline().service_clock.is_known()) record.service_start = call.service_now();
  // Locked before it has its name, so that nobody takes it for one that was left behind.
  const std::string line = line_of(record);
  const std::string path = path_of(folder, record.id);
  const int file = unnamed->file.get();
  int error = ::flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  if (error == 0) error = base::reserve(file, reserved_bytes);
  if (error == 0) error = base::write_all_at(file, line, 0);
  if (error == 0) error = base::sync(file);
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
  auto file = open_file(path_of(folder, id), O_RDWR);
  if (!file && file.error() == ENOENT) return not_there();
  if (!file) return no_place(folder, file.error());
  if (::flock(file->get(), LOCK_EX | LOCK_NB) != 0)
    return std::unexpected{
        Error{.kind = ErrorKind::failed_precondition,
              .outcome = Outcome::refused,
              .reason = Reason::under_way,
              .message = "the operation " + id + " is still under way in another process",
              .next = "wait for it to end"}};
  if (!is_named(file->get())) return not_there();
  auto text = base::read_all(file->get(), record_bytes_max);
  if (!text) return no_place(folder, text.error());
  const off_t end = end_of_lines(*text);
  Record record = read_lines(*std::move(text), id);
  if (record.is_newer)
    return std::unexpected{
        Error{.kind = ErrorKind::unimplemented,
              .outcome = Outcome::refused,
              .message = "the operation " + id + " was begun by a later version of this program",
              .next = "use that version"}};
  if (const int error = base::reserve(file->get(), end + reserved_bytes))
    return no_place(folder, error);
  return TakenRecord{std::move(record), RecordFile{folder, *std::move(file), end}};
}

int RecordFile::note(const Record& record) {
  std::string line = line_of(record);
  int error = base::write_all_at(file_.get(), line, bytes_);
  if (error == 0) error = base::sync(file_.get());
  if (error == 0) bytes_ += static_cast<off_t>(line.size());
  management::wipe(line);
  return error;
}

void RecordFile::remove(const Record& record) {
  remove_temporary(record.temporary_file);
  ::unlink(path_of(folder_, record.id).c_str());
  file_.close();
}

void RecordFile::remove_temporary(const std::string& path) {
  if (is_temporary_name(path)) ::unlink(path.c_str());
}

Result<std::vector<Record>> list_records(const Call& call) {
  std::vector<Record> list;
  if (call.account().state_folder.empty()) return list;
  const std::string folder = pending_folder(call);
  for (const std::string& id : record_ids(folder)) {
    const auto file = open_file(path_of(folder, id), O_RDONLY);
    if (!file) continue;
    const bool is_running = ::flock(file->get(), LOCK_SH | LOCK_NB) != 0;
    if (!is_named(file->get())) continue;
    auto text = base::read_all(file->get(), record_bytes_max);
    if (!text) return no_place(folder, text.error());
    list.push_back(read_lines(*std::move(text), id));
    list.back().is_running = is_running;
  }
  // What a kill between making and naming a record left behind; nothing was sent by then.
  base::remove_left_behind(folder, unnamed_prefix, call.now());
  std::ranges::sort(list, {}, &Record::start);
  return list;
}

bool is_another_running(const Call& call, const Record& own) {
  const auto list = list_records(call);
  return list && std::ranges::any_of(*list, [&](const Record& other) {
           return other.is_running && other.id != own.id && other.operation == own.operation &&
                  other.about("name") == own.about("name");
         });
}

}  // namespace xai::workflows
