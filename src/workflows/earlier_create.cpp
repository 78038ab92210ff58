#include "workflows/earlier_create.h"

#include <utility>

#include "base/printable.h"
#include "base/try.h"
#include "workflows/once.h"
#include "workflows/record_file.h"
#include "workflows/recovery.h"
#include "workflows/unfinished.h"
#include "xai/management/event.h"

namespace xai::workflows {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
using management::Result;
using management::Unfinished;
using management::UnfinishedKind;
using management::UnfinishedState;

namespace {

bool is_same(const Call& call, const Record& record, const std::string& name,
             const std::string& team) {
  return kind_of(record) == UnfinishedKind::creates_key && record.about("name") == name &&
         is_of_service(call, record) && (record.team_id.empty() || record.team_id == team);
}

/// Whether it is known that nothing came of it.
bool came_to_nothing(const Unfinished& earlier) {
  return earlier.state == UnfinishedState::unknown && !earlier.look_error &&
         earlier.api_key_ids.empty() && !earlier.may_still_appear;
}

/// Whether nobody can tell yet what came of it.
bool is_open(const Unfinished& earlier) {
  return earlier.state == UnfinishedState::unknown && earlier.api_key_ids.empty();
}

}  // namespace

Result<std::optional<Unfinished>> earlier_create(const Call& call,
                                                 const management::CreateApiKey& operation,
                                                 bool again, Earlier earlier) {
  const bool is_observed = earlier == Earlier::observed;
  auto listed = list_records(call);
  if (!listed && is_observed) return std::nullopt;
  const auto records = TRY(std::move(listed));
  if (records.empty()) return std::nullopt;
  const std::string team = TRY(team_of(call, operation));
  for (const Record& record : records) {
    if (!record.unreadable.empty() || record.is_newer || record.is_running ||
        !is_same(call, record, operation.name, team))
      continue;
    Unfinished found = look_at(call.for_look(), record);
    if (came_to_nothing(found)) {
      if (is_observed) continue;
      if (auto taken = RecordFile::take(call, record.id)) forget(*std::move(taken));
      call.tell(management::RecordSettled{.id = record.id, .name = operation.name});
      continue;
    }
    if (!is_open(found) || !again) return found;
  }
  return std::nullopt;
}

Error error_of(const Unfinished& earlier) {
  const auto name = earlier.subject.find("name");
  const std::string key =
      "an earlier create of " + base::in_quotes(name == earlier.subject.end() ? "" : name->second);
  if (earlier.state == UnfinishedState::minted)
    return {.kind = ErrorKind::failed_precondition,
            .outcome = Outcome::refused,
            .reason = Reason::secret_undelivered,
            .message = key + " made a key whose secret was not handed over",
            .next = "deliver it, as unfinished " + earlier.id};
  Error error{.kind = ErrorKind::failed_precondition,
              .outcome = Outcome::unknown,
              .reason = Reason::earlier_unfinished,
              .next = "settle the unfinished " + earlier.id + " first"};
  if (earlier.look_error)
    error.message = key + " has no answer, and what became of it cannot be told now (" +
                    earlier.look_error->message + ")";
  else if (earlier.api_key_ids.empty())
    error.message = key + " has no answer, and the list may not show yet what it made";
  else
    error.message = key + " may have made a key whose secret nobody knows: " +
                    base::listed_words(earlier.api_key_ids);
  return error;
}

}  // namespace xai::workflows
