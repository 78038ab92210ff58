
#include "base/try.h"
#include "base/uuid.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/exchange.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "cli/results.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct DeleteInput {
  std::vector<std::string> keys{};
  bool yes{};
  bool dry_run{};

  void declare(Options& options) {
    options.argument("KEY", keys, "Ids or exact names of the keys");
    declare_yes(options, yes);
    declare_dry_run(options, dry_run);
  }
};

struct Target {
  std::string id;
  std::string shown;  ///< Name and id, or the id alone when nothing was looked up.
};

/// Ids are taken as they are unless a person is to see what will go; names are looked up.
Result<std::vector<Target>> find_targets(Session& session, const DeleteInput& input,
                                         bool will_ask) {
  std::vector<Target> targets;
  for (const std::string& text : input.keys) {
    Target target{text, text};
    if (!base::is_uuid(text) || will_ask) {
      const FoundKey found = TRY(find_key(session, text));
      TRY(check_unprotected(session, found.key));
      target = {found.key.api_key_id,
                in_quotes(found.key.name) + " (" + escaped(found.key.api_key_id) + ")"};
      if (will_ask) {
        print_key(session, session.messages().output(), found.key);
        session.messages().output().write("\n");
      }
    }
    if (base::is_uuid(text) && !will_ask) TRY(check_unprotected(session, text));
    const auto is_same = [&](const Target& other) { return other.id == target.id; };
    if (std::ranges::none_of(targets, is_same)) targets.push_back(std::move(target));
  }
  return targets;
}

Status delete_all(Session& session, const std::vector<Target>& targets) {
  const bool is_one = targets.size() == 1;
  std::vector<DeleteResult> results;
  std::string words;
  std::vector<Error> failures;
  for (const Target& target : targets) {
    const auto answer = exchange(session, DeleteApiKey{.api_key_id = target.id});
    DeleteResult& result = results.emplace_back(DeleteResult{answer.has_value(), target.id});
    if (answer) {
      words += "Deleted " + target.shown + "\n";
      continue;
    }
    result.error = answer.error().message;
    Error failure = answer.error();
    failure.message = "cannot delete " + target.shown + ": " + failure.message;
    if (failure.outcome == Outcome::unknown)
      failure.next = "see `manage_xai get-key " + target.id + "`";
    if (!is_one && !session.is_json()) session.messages().warn(failure.message);
    failures.push_back(std::move(failure));
  }
  const auto print_words = [&] { session.output().write(words); };
  if (!is_one)
    print_result(session, results, print_words);
  else if (failures.empty())
    print_result(session, results.front(), print_words);
  if (failures.empty()) return ExitCode::done;
  if (is_one) return std::unexpected{std::move(failures.front())};
  const std::size_t deleted = targets.size() - failures.size();
  return std::unexpected{Error{.kind = failures.front().kind,
                               .outcome = deleted == 0 ? failures.front().outcome : Outcome::done,
                               .reason = Reason::partly_done,
                               .message = std::to_string(failures.size()) + " of " +
                                          counted(targets.size(), "key") + " could not be deleted",
                               .next = "run the command again for the keys that are left"}};
}

Status delete_keys(Session& session, const DeleteInput& input) {
  const bool will_ask = session.can_ask() && !input.yes && !input.dry_run;
  for (const std::string& text : input.keys)
    if (!base::is_uuid(text) && !will_ask && !input.yes && !input.dry_run)
      return usage_failure(in_quotes(text) + " is a name, and deleting by name needs --yes",
                           "add --yes, or give the key's id");
  const auto targets = TRY(find_targets(session, input, will_ask));
  if (input.dry_run) {
    for (const Target& target : targets) {
      const HttpRequest request = TRY(preview(session, DeleteApiKey{.api_key_id = target.id}));
      if (auto status = print_dry_run(session, request); !status) return status;
    }
    return ExitCode::done;
  }
  if (will_ask &&
      !session.confirm(
          "Delete " +
          (targets.size() == 1 ? "this key" : "these " + counted(targets.size(), "key")) +
          " for good?"))
    return refusal("not confirmed", "answer y to delete");
  return delete_all(session, targets);
}

}  // namespace

Command delete_key_command() {
  return {.name = "delete-key",
          .group = Group::api_keys,
          .summary = "Delete API keys for good",
          .description =
              "KEY is a key's id, or its exact name. On a terminal the keys are shown and you are "
              "asked; elsewhere an id is deleted at once and a name needs --yes.",
          .examples = {"delete-key fe15b799-32e1-4d02-9e65-80236f9995f7",
                       "delete-key \"My App\" --yes"},
          .formats = {"text", "json"},
          .declare = declare_with<DeleteInput, delete_keys>,
          .is_write = true};
}

}  // namespace xai::cli
