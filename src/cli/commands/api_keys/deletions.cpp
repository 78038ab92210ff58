#include "cli/commands/api_keys/deletions.h"

#include <algorithm>

#include "cli/advice.h"
#include "cli/exchange.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "cli/results.h"
#include "wire/operations.h"

namespace xai::cli {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;

namespace {

using Pointers = std::vector<const Deletion*>;

Pointers chosen(const std::vector<Deletion>& deletions, bool (*is_wanted)(const Deletion&)) {
  Pointers result;
  for (const Deletion& deletion : deletions)
    if (is_wanted(deletion)) result.push_back(&deletion);
  return result;
}

/// Whether the key may still be there.
bool is_open(const Deletion& deletion) { return deletion.has_failed && !is_absent(deletion); }

bool is_unknown(const Deletion& deletion) {
  return is_open(deletion) && deletion.failure.outcome == Outcome::unknown;
}

bool has_stayed(const Deletion& deletion) { return is_open(deletion) && !is_unknown(deletion); }

std::string shown_of(const Pointers& deletions) {
  constexpr std::size_t listed_max = 10;
  std::vector<std::string> words;
  for (const Deletion* deletion : deletions) {
    if (words.size() == listed_max) break;
    words.push_back(deletion->shown);
  }
  std::string text = listed(words);
  if (deletions.size() > listed_max)
    text += " and " + std::to_string(deletions.size() - listed_max) + " more";
  return text;
}

/// The command that tells what came of deletions whose outcome is not known.
std::string command_that_tells(const Pointers& unknown) {
  return "see `manage_xai " +
         (unknown.size() == 1 ? "get-key " + escaped(unknown.front()->id) : "list-keys") + "`";
}

/// Where nothing was deleted and all failed in the same way: as it would be of one key alone.
Error failure_of_all(const Pointers& failed, const Pointers& unknown) {
  // "Nothing was sent" must hold of all of them.
  const auto was_sent = [](const Deletion* one) {
    return one->failure.outcome != Outcome::not_sent;
  };
  const auto sent = std::ranges::find_if(failed, was_sent);
  Error error = (sent == failed.end() ? failed.front() : *sent)->failure;
  error.message = "cannot delete " + shown_of(failed) + ": " + error.message;
  if (!unknown.empty()) error.next = command_that_tells(unknown);
  return error;
}

/// Where some failed, each perhaps in its own way.
Error failure_of_some(const std::vector<Deletion>& deletions, const Pointers& failed,
                      const Pointers& unknown) {
  constexpr auto again = "run the command again, which passes over what is gone";
  const Pointers stayed = chosen(deletions, has_stayed);
  const auto deleted = std::ranges::count_if(deletions, &Deletion::is_done);
  const auto cancelled = std::ranges::find_if(
      failed, [](const Deletion* one) { return one->failure.kind == ErrorKind::cancelled; });
  Error error{
      .kind = (cancelled == failed.end() ? failed.front() : *cancelled)->failure.kind,
      .outcome = deleted == 0 ? Outcome::refused : Outcome::done,
      .reason = Reason::partly_done,
      .message = "deleted " + std::to_string(deleted) + " of " + counted(deletions.size(), "key")};
  if (!stayed.empty()) error.message += ", not " + shown_of(stayed);
  if (!unknown.empty()) {
    error.kind = unknown.front()->failure.kind;
    error.outcome = Outcome::unknown;
    error.reason = Reason::none;
    error.message += ", perhaps " + shown_of(unknown);
    error.next = command_that_tells(unknown) + ", then " + again;
    return error;
  }
  const bool helps_itself = std::ranges::all_of(failed, [](const Deletion* one) {
    const ExitCode code = exit_code_of(one->failure);
    return code == ExitCode::try_later || code == ExitCode::interrupted;
  });
  const std::string advice = helps_itself ? "" : next_of(failed.front()->failure);
  error.next = advice.empty() ? again : advice + "; then " + again;
  return error;
}

Status conclusion_of(const std::vector<Deletion>& deletions) {
  const Pointers failed = chosen(deletions, is_open);
  const Pointers unknown = chosen(deletions, is_unknown);
  const bool has_deleted = std::ranges::any_of(deletions, &Deletion::is_done);
  if (failed.empty() && has_deleted) return ExitCode::done;
  if (failed.empty())
    return std::unexpected{
        Error{.kind = ErrorKind::not_found,
              .outcome = Outcome::refused,
              .reason = Reason::key_not_found,
              .message = "none of the " + counted(deletions.size(), "key") + " is there"}};
  const auto code_of = [](const Deletion* one) { return exit_code_of(one->failure); };
  const bool are_alike = std::ranges::all_of(
      failed, [&](const Deletion* one) { return code_of(one) == code_of(failed.front()); });
  return std::unexpected{are_alike && !has_deleted ? failure_of_all(failed, unknown)
                                                   : failure_of_some(deletions, failed, unknown)};
}

void warn_of(Session& session, const Deletion& deletion) {
  const Error& failure = deletion.failure;
  // JSON says what failed beside each key; what is not there is no failure of many.
  if (failure.kind == ErrorKind::cancelled || (session.is_json() && !is_absent(deletion))) return;
  std::string text = failure.message;
  if (!deletion.id.empty())
    text = (is_absent(deletion) ? deletion.shown + " is not there: "
                                : "cannot delete " + deletion.shown + ": ") +
           text;
  session.messages().warn(std::move(text));
}

DeleteResult result_of(const Deletion& deletion) {
  DeleteResult result{.success = deletion.is_done};
  if (deletion.id.empty())
    result.name = deletion.given;
  else
    result.key_id = deletion.id;
  if (deletion.has_failed) result.error = deletion.failure.message;
  return result;
}

}  // namespace

bool is_absent(const Deletion& deletion) {
  return deletion.has_failed && deletion.failure.kind == ErrorKind::not_found &&
         deletion.failure.reason != Reason::foreign_answer;
}

Status delete_all(Session& session, std::vector<Deletion> deletions) {
  std::vector<DeleteResult> results;
  std::string words;
  for (Deletion& deletion : deletions) {
    if (!deletion.has_failed) {
      const auto answer = exchange(session, management::DeleteApiKey{.api_key_id = deletion.id});
      deletion.is_done = answer.has_value();
      deletion.has_failed = !answer;
      if (answer)
        words += "Deleted " + deletion.shown + "\n";
      else
        deletion.failure = answer.error();
    }
    if (deletion.has_failed && deletions.size() > 1) warn_of(session, deletion);
    results.push_back(result_of(deletion));
  }
  const auto print_words = [&] { session.output().write(words); };
  if (deletions.size() > 1) {
    print_result(session, results, print_words);
    return conclusion_of(deletions);
  }
  const Deletion& only = deletions.front();
  if (only.is_done) {
    print_result(session, results.front(), print_words);
    return ExitCode::done;
  }
  return std::unexpected{only.id.empty() ? only.failure
                                         : failure_of_all({&only}, chosen(deletions, is_unknown))};
}

}  // namespace xai::cli
