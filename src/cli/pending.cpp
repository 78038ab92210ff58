#include "cli/pending.h"

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

#include "base/time_text.h"
#include "base/try.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::cli {

using management::ErrorKind;
using management::Outcome;
using management::Secret;

namespace {

constexpr std::string_view suffix = ".jsonl";
constexpr std::size_t record_bytes_max = 1UL << 20U;
/// Room for the secret and for the tries to recover it.
constexpr off_t reserved_bytes = 16L << 10U;

std::unexpected<management::Error> no_place(const std::string& folder, int error) {
  return local_failure("cannot keep a record of the secret under way in " + in_quotes(folder) +
                           " (" + std::strerror(error) + ")",
                       "set XDG_STATE_HOME to a folder that can be written to");
}

management::Result<std::string> pending_folder(Session& session) {
  return TRY(session.state_folder()) + "/pending";
}

std::string line_of(const Pending& content) {
  std::string line;
  // Room at once: a string that grows leaves its old bytes, a secret maybe, behind.
  line.reserve(4096);
  json::Writer writer{line};
  const auto member = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    writer.key(name);
    writer.string(value);
  };
  writer.begin_object();
  writer.key("version");
  writer.integer(1);
  member("command", content.command);
  member("name", content.key_name);
  member("apiKeyId", content.api_key_id);
  member("startTime", base::format_rfc3339(content.start));
  member("baseUrl", content.base_url);
  member("teamId", content.team_id);
  member("temporaryFile", content.temporary_file);
  member("apiKey", content.secret.reveal());
  writer.end_object();
  line += '\n';
  return line;
}

/// The last whole line tells all; a line that was cut off by a kill tells nothing.
Pending read_lines(std::string text, std::string id) {
  Pending content{.id = std::move(id)};
  std::string_view rest = text;
  rest = rest.substr(0, rest.find('\0'));
  while (rest.contains('\n')) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    const auto document = json::Document::parse(std::string{line});
    if (!document || !document->root().is_object()) continue;
    const json::Value root = document->root();
    const auto member = [&](std::string_view name) { return std::string{root.find(name).text()}; };
    content.command = member("command");
    content.key_name = member("name");
    content.api_key_id = member("apiKeyId");
    content.start = base::parse_rfc3339(member("startTime")).value_or(management::Timestamp{});
    content.base_url = member("baseUrl");
    content.team_id = member("teamId");
    content.temporary_file = member("temporaryFile");
    content.secret = Secret{member("apiKey")};
  }
  management::wipe(text);
  return content;
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

}  // namespace

management::Result<PendingRecord> PendingRecord::create(Session& session, Pending content) {
  const std::string folder = TRY(pending_folder(session));
  if (const int error = make_folders(folder)) return no_place(folder, error);
  content.id = session.random_word(8);
  const std::string unnamed = folder + "/.new-" + content.id;
  auto file = open_file(unnamed, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (!file) return no_place(folder, file.error());
  // Locked before it has its name, so that nobody takes it for one that was left behind.
  const std::string line = line_of(content);
  const std::string path = path_of(folder, content.id);
  int error = ::flock(file->get(), LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  if (error == 0) error = reserve(file->get(), reserved_bytes);
  if (error == 0) error = write_all_at(file->get(), line, 0);
  if (error == 0) error = sync(file->get());
  if (error == 0 && ::rename(unnamed.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) {
    error = sync_folder(folder);
    if (error != 0) ::unlink(path.c_str());
  } else {
    ::unlink(unnamed.c_str());
  }
  if (error != 0) return no_place(folder, error);
  return PendingRecord{folder, std::move(content), *std::move(file),
                       static_cast<off_t>(line.size())};
}

management::Result<PendingRecord> PendingRecord::take(Session& session, const std::string& id) {
  const std::string folder = TRY(pending_folder(session));
  const auto not_there = [&] {
    return std::unexpected{
        management::Error{.kind = ErrorKind::not_found,
                          .outcome = Outcome::refused,
                          .message = "there is no unfinished operation " + in_quotes(id),
                          .next = "see `manage_xai recover`"}};
  };
  if (!is_record_id(id)) return not_there();
  auto file = open_file(path_of(folder, id), O_RDWR);
  if (!file && file.error() == ENOENT) return not_there();
  if (!file) return no_place(folder, file.error());
  if (::flock(file->get(), LOCK_EX | LOCK_NB) != 0)
    return refusal("the operation " + id + " is still under way in another process",
                   "wait for it to end");
  if (!is_named(file->get())) return not_there();
  auto text = read_all(file->get(), record_bytes_max);
  if (!text) return no_place(folder, text.error());
  const off_t end = end_of_lines(*text);
  Pending content = read_lines(*std::move(text), id);
  if (const int error = reserve(file->get(), end + reserved_bytes)) return no_place(folder, error);
  return PendingRecord{folder, std::move(content), *std::move(file), end};
}

int PendingRecord::note(Pending content) {
  content.id = content_.id;
  std::string line = line_of(content);
  // Kept in any case: what can still be delivered must not hang on the disk.
  content_ = std::move(content);
  int error = write_all_at(file_.get(), line, bytes_);
  if (error == 0) error = sync(file_.get());
  if (error == 0) bytes_ += static_cast<off_t>(line.size());
  management::wipe(line);
  return error;
}

void PendingRecord::remove() {
  if (!content_.temporary_file.empty()) ::unlink(content_.temporary_file.c_str());
  ::unlink(path_of(folder_, content_.id).c_str());
  file_.close();
}

management::Result<std::vector<Pending>> list_pending(Session& session) {
  const std::string folder = TRY(pending_folder(session));
  std::vector<Pending> list;
  for (const std::string& id : record_ids(folder)) {
    const auto file = open_file(path_of(folder, id), O_RDONLY);
    if (!file) continue;
    const bool is_running = ::flock(file->get(), LOCK_SH | LOCK_NB) != 0;
    if (!is_named(file->get())) continue;
    auto text = read_all(file->get(), record_bytes_max);
    if (!text) return no_place(folder, text.error());
    Pending content = read_lines(*std::move(text), id);
    content.is_running = is_running;
    list.push_back(std::move(content));
  }
  // What a kill between making and naming a record left behind; nothing was sent by then.
  remove_left_behind(folder, ".new-", session.now());
  std::ranges::sort(list, {}, &Pending::start);
  return list;
}

bool is_another_running(Session& session, const Pending& own) {
  const auto list = list_pending(session);
  return list && std::ranges::any_of(*list, [&](const Pending& other) {
           return other.is_running && other.id != own.id && other.command == own.command &&
                  other.key_name == own.key_name;
         });
}

namespace {

constexpr off_t minted_bytes_max = 1L << 20U;

}  // namespace

void remember_minted(Session& session, const std::string& api_key_id) {
  const auto folder = session.state_folder();
  if (!folder || !is_uuid(api_key_id)) return;
  const std::string path = *folder + "/minted";
  const auto file = open_file(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (!file) return;
  write_all(file->get(), api_key_id + "\n");
  struct stat status{};
  if (::fstat(file->get(), &status) == 0 && status.st_size > minted_bytes_max)
    ::rename(path.c_str(), (path + ".old").c_str());
}

std::vector<std::string> minted_before(Session& session) {
  std::vector<std::string> ids;
  const auto folder = session.state_folder();
  if (!folder) return ids;
  for (const char* const name : {"/minted.old", "/minted"}) {
    const auto file = open_file(*folder + name, O_RDONLY);
    if (!file) continue;
    const auto text = read_all(file->get(), 2 * minted_bytes_max);
    if (!text) continue;
    std::string_view rest = *text;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      ids.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
  }
  return ids;
}

}  // namespace xai::cli
