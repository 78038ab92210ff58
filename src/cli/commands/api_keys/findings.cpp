#include "cli/commands/api_keys/findings.h"

#include <utility>

#include "cli/render/result.h"
#include "cli/render/text.h"
#include "cli/results.h"

namespace xai::cli {

using management::Unfinished;
using management::UnfinishedKind;
using management::UnfinishedState;

namespace {

std::string command_of(const Unfinished& operation) {
  switch (operation.kind) {
    case UnfinishedKind::creates_key:
      return "create-key";
    case UnfinishedKind::rotates_key:
      return "rotate-key";
    case UnfinishedKind::other:
      break;
  }
  return escaped(operation.operation);
}

std::string member_of(const Unfinished& operation, const std::string& name) {
  const auto found = operation.subject.find(name);
  return found == operation.subject.end() ? "" : found->second;
}

/// What is known of an operation whose answer was lost, and what to do about it.
Finding of_lost_answer(Unfinished operation) {
  const std::string command = "manage_xai recover " + operation.id;
  const std::size_t keys = operation.api_key_ids.size();
  if (operation.look_error) {
    std::string words = "its answer was lost, and what became of it cannot be told now (" +
                        operation.look_error->message + ")";
    return {.operation = std::move(operation), .words = std::move(words)};
  }
  Finding finding{.operation = std::move(operation)};
  if (finding.operation.is_deleted) {
    finding.words = "its answer was lost, and the key has been deleted since";
    finding.next = command + " --forget";
  } else if (finding.operation.kind == UnfinishedKind::rotates_key) {
    finding.words =
        "its answer was lost: the key may have a new secret that nobody knows; another rotation "
        "ends the secret before it at once";
    finding.next = command + " --rotate --end-overlap";
  } else if (finding.operation.kind == UnfinishedKind::other) {
    finding.words = "its answer was lost, and what became of it cannot be told";
    finding.next = command + " --forget";
  } else if (keys == 0 && finding.operation.may_still_appear) {
    finding.words =
        "its answer was lost, and no such key is in the list yet; look again in a few minutes";
    finding.next = "manage_xai recover";
  } else if (keys == 0) {
    finding.words = "its answer was lost, and no such key is in the list";
    finding.next = command + " --forget";
  } else if (keys == 1) {
    finding.words = "its answer was lost: the key was made, and nobody knows its secret";
    finding.next =
        command + " --rotate, or --delete --key " + escaped(finding.operation.api_key_ids.front());
  } else {
    finding.words = "its answer was lost, and several keys may be the one";
    finding.next = command + " --rotate --key ID, or --delete --key ID";
  }
  return finding;
}

void print_findings_text(Session& session, const std::vector<Finding>& findings) {
  Output& output = session.output();
  for (const Finding& finding : findings) {
    if (finding.operation.state == UnfinishedState::unreadable) {
      output.write(escaped(finding.operation.id) + "  " + finding.words + "\n");
      continue;
    }
    output.write(finding.operation.id + "  " + about(finding.operation) + ", begun " +
                 session.shown_time(finding.operation.start, "") + "\n");
    output.write("          " + finding.words + "\n");
    if (finding.operation.is_open_to_others)
      output.write("          other users of this machine can read its record\n");
    for (const std::string& id : finding.operation.api_key_ids)
      output.write("          key " + escaped(id) + "\n");
    if (!finding.next.empty()) output.write("          → " + finding.next + "\n");
  }
  if (findings.empty()) session.messages().note("nothing is unfinished");
}

}  // namespace

Finding finding_of(Unfinished operation) {
  switch (operation.state) {
    case UnfinishedState::running:
      return {.operation = std::move(operation), .words = "is still under way in another process"};
    case UnfinishedState::newer:
      return {.operation = std::move(operation),
              .words = "was begun by a later version of this program, which can finish it"};
    case UnfinishedState::minted: {
      const bool is_stale = operation.is_deleted || operation.is_superseded;
      const std::string since = stale_words(operation);
      std::string next =
          "manage_xai recover " + operation.id + (is_stale ? " --forget" : " --deliver");
      return {.operation = std::move(operation),
              .words = is_stale
                           ? "its secret is kept, but " + since
                           : "its secret is kept, and as far as is known it was not handed over",
              .next = std::move(next)};
    }
    case UnfinishedState::unreadable: {
      std::string words = operation.look_error ? escaped(operation.look_error->message) : "";
      return {.operation = std::move(operation), .words = std::move(words)};
    }
    case UnfinishedState::unknown:
      break;
  }
  return of_lost_answer(std::move(operation));
}

std::string stale_words(const Unfinished& operation) {
  if (operation.is_deleted) return "the key has been deleted since";
  if (operation.is_superseded)
    return "the key has been rotated since, so this secret works at most until the overlap ends";
  return {};
}

std::string about(const Unfinished& operation) {
  const std::string name = member_of(operation, "name");
  return command_of(operation) + " " +
         (name.empty() ? escaped(member_of(operation, "apiKeyId")) : in_quotes(name));
}

void print_findings(Session& session, const std::vector<Finding>& findings) {
  std::vector<FindingResult> results;
  for (const auto& [operation, words, next] : findings)
    results.push_back({.record = operation.id,
                       .command = command_of(operation),
                       .name = member_of(operation, "name"),
                       .start_time = operation.state == UnfinishedState::unreadable
                                         ? std::nullopt
                                         : std::optional{operation.start},
                       .state = operation.state,
                       .api_key_ids = operation.api_key_ids,
                       .reason = operation.look_error ? std::optional{operation.look_error->message}
                                                      : std::nullopt,
                       .next = next});
  print_result(session, results, [&] { print_findings_text(session, findings); });
}

}  // namespace xai::cli
