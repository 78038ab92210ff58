#include "workflows/unfinished.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "base/time_text.h"
#include "base/try.h"
#include "workflows/ask.h"
#include "workflows/key_lookup.h"
#include "workflows/lost_keys.h"
#include "workflows/record_file.h"

namespace xai::workflows {

using base::escaped;
using base::in_quotes;
using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
using management::Result;
using management::Timestamp;
using management::Unfinished;
using management::UnfinishedKind;
using management::UnfinishedState;

namespace {

std::unexpected<Error> refused(ErrorKind kind, Reason reason, std::string message,
                               std::string next = {}) {
  return std::unexpected{Error{.kind = kind,
                               .outcome = Outcome::refused,
                               .reason = reason,
                               .message = std::move(message),
                               .next = std::move(next)}};
}

/// A record is about one service and one team; with the settings of another it would mislead.
Result<void> check_account(const Call& call, const Record& record) {
  const auto& options = call.client().pipeline().options;
  if (!is_of_service(call, record))
    return refused(
        ErrorKind::failed_precondition, Reason::elsewhere,
        "that was sent to " + escaped(record.base_url) + ", not to " + escaped(options.base_url));
  if (!record.team_id.empty() && !options.team_id.empty() && record.team_id != options.team_id)
    return refused(ErrorKind::failed_precondition, Reason::elsewhere,
                   "that was about the team " + escaped(record.team_id));
  return {};
}

/// The keys that an operation without an answer may be about.
/// Errors: elsewhere; unauthenticated; those of the look-up.
Result<std::vector<std::string>> keys_of(const Call& call, const Record& record) {
  TRY(check_account(call, record));
  std::vector<std::string> ids;
  if (const std::string id = record.about("apiKeyId"); !id.empty()) ids.push_back(id);
  if (!ids.empty() || kind_of(record) != UnfinishedKind::creates_key) return ids;
  if (call.client().pipeline().options.management_key.empty())
    return std::unexpected{Error{.kind = ErrorKind::unauthenticated,
                                 .message = "no management key was given",
                                 .next = "give a management key"}};
  for (auto& key : TRY(find_lost_keys(call, record))) ids.push_back(std::move(key.api_key_id));
  return ids;
}

/// Whether the service says itself that it knows no such key.
/// Errors: those of the look-up, but for a right that is missing.
Result<bool> is_deleted(const Call& call, const std::string& api_key_id) {
  const auto answer = ask(call, management::CheckApiKeyPropagation{.api_key_id = api_key_id});
  if (answer) return false;
  const Error& error = answer.error();
  if (error.kind == ErrorKind::not_found && error.reason != Reason::foreign_answer) return true;
  if (error.kind == ErrorKind::permission_denied && error.reason != Reason::foreign_answer)
    return false;
  return std::unexpected{error};
}

/// Whether the key shows another secret now than the one that is kept. Not, where that is unknown.
bool is_superseded(const Call& call, const Record& record) {
  const std::string minted = record.about(std::string{minted_form});
  if (record.secret.empty() || minted.empty()) return false;
  const auto key = find_key(call, record.about("apiKeyId"));
  return key && !key->key.redacted_api_key.empty() && key->key.redacted_api_key != minted;
}

/// What the service shows of it now.
void look_up(const Call& call, const Record& record, Unfinished& found) {
  const bool is_minted = found.state == UnfinishedState::minted;
  const std::string id = record.about("apiKeyId");
  auto keys = is_minted && !id.empty() ? Result<std::vector<std::string>>{std::vector{id}}
                                       : keys_of(call, record);
  if (!keys) {
    if (!is_minted) found.look_error = std::move(keys).error();
    return;
  }
  found.api_key_ids = *std::move(keys);
  if (id.empty() || call.client().pipeline().options.management_key.empty() ||
      !check_account(call, record))
    return;
  const auto deleted = is_deleted(call, id);
  found.is_deleted = deleted.value_or(false);
  // Sooner, a list may still show the secret before it.
  if (deleted && !*deleted && age_of(call, record) >= list_lag_max)
    found.is_superseded = is_superseded(call, record);
  if (!deleted && !is_minted) found.look_error = deleted.error();
}

UnfinishedState state_of(const Record& record) {
  if (!record.unreadable.empty()) return UnfinishedState::unreadable;
  if (record.is_newer) return UnfinishedState::newer;
  if (record.is_running) return UnfinishedState::running;
  return record.secret.empty() ? UnfinishedState::unknown : UnfinishedState::minted;
}

}  // namespace

std::chrono::nanoseconds age_of(const Call& call, const Record& record) {
  const auto theirs = call.known_service_now();
  return theirs && record.service_start ? *theirs - *record.service_start
                                        : call.now() - record.start;
}

bool is_of_service(const Call& call, const Record& record) {
  const auto bare = [](std::string_view url) {
    return url.substr(0, url.find_last_not_of('/') + 1);
  };
  return record.base_url.empty() ||
         bare(record.base_url) == bare(call.client().pipeline().options.base_url);
}

UnfinishedKind kind_of(const Record& record) {
  if (record.operation == "createApiKey") return UnfinishedKind::creates_key;
  if (record.operation == "rotateApiKey") return UnfinishedKind::rotates_key;
  return UnfinishedKind::other;
}

bool is_changed(const Call& call, const Record& record) {
  const std::string redacted = record.about("redactedApiKey");
  const std::string modified = record.about("modifyTime");
  if (redacted.empty() && modified.empty()) return false;
  const auto key = find_key(call, record.about("apiKeyId"));
  if (!key) return false;
  const auto& [now, json] = *key;
  return now.redacted_api_key != redacted ||
         (now.modify_time ? base::format_rfc3339(*now.modify_time) : "") != modified;
}

Unfinished look_at(const Call& call, const Record& record) {
  const Timestamp begin = call.now();
  Unfinished found{.id = record.id,
                   .operation = record.operation,
                   .subject = record.subject,
                   .start = record.start,
                   .kind = kind_of(record),
                   .state = state_of(record),
                   .is_open_to_others = record.is_open_to_others};
  if (found.state == UnfinishedState::unreadable)
    found.look_error = Error{.kind = ErrorKind::failed_precondition,
                             .reason = Reason::local_trouble,
                             .message = record.unreadable};
  if (found.state == UnfinishedState::minted || found.state == UnfinishedState::unknown)
    look_up(call, record, found);
  // Told when the look began, but only now: its answers are what teaches the service's clock.
  found.may_still_appear = age_of(call, record) - (call.now() - begin) < list_lag_max;
  return found;
}

Result<std::vector<Unfinished>> unfinished(const Call& call) {
  std::vector<Unfinished> all;
  for (const Record& record : TRY(list_records(call))) all.push_back(look_at(call, record));
  remove_unnamed_records(call);
  return all;
}

Result<std::string> one_key(const Call& call, const Record& record, const std::string& chosen) {
  const auto keys = TRY(keys_of(call, record));
  if (!chosen.empty()) {
    if (std::ranges::find(keys, chosen) != keys.end()) return chosen;
    return refused(ErrorKind::invalid_argument, Reason::none,
                   in_quotes(chosen) + " is none of the keys that may have been made");
  }
  if (keys.size() == 1) return keys.front();
  if (keys.empty())
    return refused(ErrorKind::not_found, Reason::none,
                   "no key of that name and time is in the list", "look again in a few minutes");
  return refused(ErrorKind::failed_precondition, Reason::ambiguous_name,
                 "several keys may be the one: " + base::listed_words(keys));
}

}  // namespace xai::workflows

namespace xai::management {

std::string_view name_of(UnfinishedState state) {
  switch (state) {
    case UnfinishedState::running:
      return "running";
    case UnfinishedState::minted:
      return "minted";
    case UnfinishedState::unknown:
      return "unknown";
    case UnfinishedState::newer:
      return "newer";
    case UnfinishedState::unreadable:
      return "unreadable";
  }
  return {};
}

}  // namespace xai::management
