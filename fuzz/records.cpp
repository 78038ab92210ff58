// Files that an interrupted operation leaves, and cursors: any bytes are read as what they are or
// refused with a reason, and what is written is read again as the same.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "base/file.h"
#include "input.h"
#include "targets.h"
#include "workflows/audit_trail.h"
#include "workflows/record.h"
#include "workflows/record_reader.h"

namespace xai::fuzz {
namespace {

using workflows::Record;

constexpr const char* record_id = "abcd2345";

/// What is not known is not written.
workflows::Subject known_of(workflows::Subject subject) {
  std::erase_if(subject, [](const auto& member) { return member.second.empty(); });
  return subject;
}

bool is_same(const Record& left, const Record& right) {
  return left.id == right.id && left.operation == right.operation &&
         known_of(left.subject) == known_of(right.subject) && left.start == right.start &&
         left.service_start == right.service_start && left.base_url == right.base_url &&
         left.team_id == right.team_id && left.temporary_file == right.temporary_file &&
         left.secret == right.secret;
}

/// A file in memory that holds `text`.
const base::File& file_with(const std::string& text) {
  static const base::File file{::memfd_create("record", MFD_CLOEXEC)};
  require(::ftruncate(file.get(), 0) == 0 && base::write_all_at(file.get(), text, 0) == 0,
          "a file in memory can be written");
  require(::lseek(file.get(), 0, SEEK_SET) == 0, "and read from its start");
  return file;
}

void look_at_record(const std::string& text) {
  auto read = workflows::read_record(file_with(text).get(), record_id);
  if (!read) return require(!read.error().empty(), "a refusal has a reason");
  Record& record = read->record;
  require(record.id == record_id && read->end <= static_cast<off_t>(text.size()),
          "it ends in its file");
  if (record.is_newer) return;
  require(!record.operation.empty(), "a record is of an operation");
  const std::string line = workflows::line_of(record);
  require(line.find('\n') == line.size() - 1 && !line.contains('\0'), "a record is one line");
  require(is_same(workflows::read_lines(line, record_id), record), "what is written is read again");
  // What is reserved and not written yet is all NUL.
  const std::size_t lines_end = std::min(text.find('\0'), text.size());
  std::string noted = text.substr(0, lines_end) + std::string(line.size(), '\0');
  record.subject["apiKeyId"] = "noted later";
  const std::string later = workflows::line_of(record);
  noted.resize(std::max(noted.size(), static_cast<std::size_t>(read->end) + later.size()));
  noted.replace(static_cast<std::size_t>(read->end), later.size(), later);
  require(is_same(workflows::read_lines(noted, record_id), record),
          "the line that is added counts");
  // A kill while it is written leaves what stood there before.
  noted = text.substr(0, static_cast<std::size_t>(read->end)) + later.substr(0, later.size() / 2);
  require(workflows::read_lines(noted, record_id).operation == record.operation,
          "one cut off does not");
}

void look_at_cursor(const std::string& text) {
  using workflows::EventTrail;
  EventTrail trail{management::EventOrder::oldest_first, workflows::audit_overlap};
  if (!trail.read(text)) return;
  const std::string written = trail.text();
  EventTrail again{management::EventOrder::oldest_first, workflows::audit_overlap};
  require(again.read(written) && again.text() == written, "what is written is read again");
  require(again.furthest() == trail.furthest(), "with the same place");
  if (!trail.furthest()) return require(text.empty(), "only nothing has no place");
  again.begin_page();
  const std::string event = "an event that no input has, longer than any of them: " + text;
  const auto next = *again.furthest() + std::chrono::seconds{1};
  require(again.take(next, event) && !again.take(next, event), "an event is taken once");
  require(again.furthest() == next, "and is the furthest then");
  again.begin_page(next);
  const auto ahead = next + std::chrono::seconds{1};
  require(again.take(ahead, event + "s") && !again.take(ahead, event + "s"),
          "one that is stamped ahead is taken once");
  require(again.furthest() == next, "and moves nothing");
}

}  // namespace

void records(std::string_view bytes) {
  Input input{bytes};
  if (input.choice(2) == 0) return look_at_record(std::string{input.rest()});
  look_at_cursor(std::string{input.rest()});
}

}  // namespace xai::fuzz
