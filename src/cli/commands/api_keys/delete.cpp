#include <algorithm>

#include "base/try.h"
#include "base/uuid.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/api_keys/deletions.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
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

/// An id is taken as it is unless a person is to see what will go; a name is looked up.
Result<Deletion> find_deletion(Session& session, const std::string& text, bool will_ask) {
  if (base::is_uuid(text) && !will_ask) {
    TRY(check_unprotected(session, text));
    return Deletion{.given = text, .id = text, .shown = text};
  }
  const FoundKey found = TRY(find_key(session, text));
  TRY(check_unprotected(session, found.key));
  if (will_ask) {
    print_key(session, session.messages().output(), found.key);
    session.messages().output().write("\n");
  }
  return Deletion{.given = text,
                  .id = found.key.api_key_id,
                  .shown = in_quotes(found.key.name) + " (" + escaped(found.key.api_key_id) + ")"};
}

/// Every key once. One that is not there is kept with its failure: it may be gone since an earlier
/// run, and does not hold up the others.
Result<std::vector<Deletion>> find_deletions(Session& session, const DeleteInput& input,
                                             bool will_ask) {
  std::vector<Deletion> deletions;
  for (const std::string& text : input.keys) {
    auto found = find_deletion(session, text, will_ask);
    Deletion deletion;
    if (found)
      deletion = *std::move(found);
    else if (found.error().reason == Reason::key_not_found)
      deletion = {.given = text,
                  .shown = in_quotes(text),
                  .has_failed = true,
                  .failure = std::move(found).error()};
    else
      return std::unexpected{std::move(found).error()};
    const auto is_same = [&](const Deletion& other) {
      return other.id == deletion.id && (!other.id.empty() || other.given == deletion.given);
    };
    if (std::ranges::none_of(deletions, is_same)) deletions.push_back(std::move(deletion));
  }
  return deletions;
}

Status show_requests(Session& session, const std::vector<Deletion>& deletions) {
  for (const Deletion& deletion : deletions) {
    if (deletion.has_failed) {
      session.messages().warn(deletion.failure.message);
      continue;
    }
    const HttpRequest request = TRY(preview(session, DeleteApiKey{.api_key_id = deletion.id}));
    if (auto status = print_dry_run(session, request); !status) return status;
  }
  return ExitCode::done;
}

Status delete_keys(Session& session, const DeleteInput& input) {
  const bool will_ask = session.can_ask() && !input.yes && !input.dry_run;
  for (const std::string& text : input.keys)
    if (!base::is_uuid(text) && !will_ask && !input.yes && !input.dry_run)
      return usage_failure(in_quotes(text) + " is a name, and deleting by name needs --yes",
                           "add --yes, or give the key's id");
  auto deletions = TRY(find_deletions(session, input, will_ask));
  const auto count = std::ranges::count_if(
      deletions, [](const Deletion& deletion) { return !deletion.has_failed; });
  if (count > 0 && input.dry_run) return show_requests(session, deletions);
  if (count > 0 && will_ask &&
      !session.confirm(
          "Delete " +
          (count == 1 ? "this key" : "these " + counted(static_cast<std::size_t>(count), "key")) +
          " for good?"))
    return refusal("not confirmed", "answer y to delete");
  return delete_all(session, std::move(deletions));
}

}  // namespace

Command delete_key_command() {
  return {.name = "delete-key",
          .group = Group::api_keys,
          .summary = "Delete API keys for good",
          .description =
              "KEY is a key's id, or its exact name. On a terminal the keys are shown and you are "
              "asked; elsewhere an id is deleted at once and a name needs --yes. Of several keys, "
              "those that are not there are passed over with a warning.",
          .examples = {"delete-key fe15b799-32e1-4d02-9e65-80236f9995f7",
                       "delete-key \"My App\" --yes"},
          .formats = {"text", "json"},
          .declare = declare_with<DeleteInput, delete_keys>,
          .is_write = true};
}

}  // namespace xai::cli
