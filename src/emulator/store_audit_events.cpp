#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

#include "base/try.h"
#include "emulator/identifiers.h"
#include "emulator/store.h"

// The part of the store that holds the audit log.
namespace xai::emulator {

namespace {

#define AUDIT_COLUMNS "sequence, time, event_id, description, user_id"
#define AUDIT_FILTERS                                                                   \
  " FROM audit_event WHERE team_id = ?1 AND (?4 = '' OR user_id = ?4) AND (?5 = '' OR " \
  "event_id = ?5) AND (?6 IS NULL OR time >= ?6) AND (?7 IS NULL OR time < ?7) "

bool has_all(std::string text, const std::vector<std::string>& words) {
  if (words.empty()) return true;
  for (char& letter : text)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return std::ranges::all_of(words, [&](const std::string& word) { return text.contains(word); });
}

constexpr Cursor lowest_cursor{.create_time = std::numeric_limits<std::int64_t>::min(),
                               .sequence = std::numeric_limits<std::int64_t>::min()};

}  // namespace

Result<void> Store::prepare_audit_events() {
  return prepare_all({
      {&insert_audit_event_,
       "INSERT INTO audit_event (team_id, time, event_id, description, user_id) "
       "VALUES (?, ?, ?, ?, ?)"},
      {&count_audit_events_, "SELECT coalesce(max(sequence), 0) FROM audit_event"},
      {&select_audit_event_,
       "SELECT time, sequence FROM audit_event WHERE team_id = ? AND event_id = ?"},
      {&select_newest_events_, "SELECT " AUDIT_COLUMNS AUDIT_FILTERS
                               "AND (time, sequence) < (?2, ?3) ORDER BY time DESC, sequence DESC"},
      {&select_oldest_events_, "SELECT " AUDIT_COLUMNS AUDIT_FILTERS
                               "AND (time, sequence) > (?2, ?3) ORDER BY time, sequence"},
  });
}

Result<void> Store::insert_audit_event(const StoredApiKey& key, Timestamp time,
                                       std::string_view done, const std::string& user_id) {
  count_audit_events_.bind();
  std::int64_t count = 0;
  if (TRY(count_audit_events_.step())) count = count_audit_events_.integer(0);
  count_audit_events_.reset();
  std::string description = "API key '" + key.key.name + "' was ";
  description += done;
  const std::string event_id = uuid_of(key.key.api_key_id + " " + std::to_string(count));
  return insert_audit_event_.bind(key.key.team_id, to_integer(time), event_id, description, user_id)
      .run();
}

Result<AuditPage> Store::list_audit_events(const AuditQuery& query) {
  Statement& select = query.is_ascending ? select_oldest_events_ : select_newest_events_;
  const Cursor after = query.after.value_or(query.is_ascending ? lowest_cursor : beginning);
  select.bind(query.team_id, after.create_time, after.sequence, query.user_id, query.event_id,
              to_integer(query.from), to_integer(query.to));
  AuditPage page;
  while (TRY(select.step())) {
    const Cursor place{.create_time = select.integer(1), .sequence = select.integer(0)};
    const bool is_past =
        query.until && (query.is_ascending ? place > *query.until : place < *query.until);
    if (is_past) break;
    StoredAuditEvent event{.sequence = place.sequence,
                           .time = to_timestamp(place.create_time),
                           .event_id = select.text(2),
                           .description = select.text(3),
                           .user_id = select.text(4)};
    if (!has_all(event.description, query.words)) continue;
    page.has_more = query.page_size && page.events.size() == *query.page_size;
    if (page.has_more) break;
    page.events.push_back(std::move(event));
  }
  select.reset();
  return page;
}

Result<std::optional<Cursor>> Store::audit_place(std::string_view team_id,
                                                 std::string_view event_id) {
  std::optional<Cursor> place;
  select_audit_event_.bind(team_id, event_id);
  if (TRY(select_audit_event_.step()))
    place = Cursor{.create_time = select_audit_event_.integer(0),
                   .sequence = select_audit_event_.integer(1)};
  select_audit_event_.reset();
  return place;
}

}  // namespace xai::emulator
