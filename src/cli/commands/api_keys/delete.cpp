#include <memory>

#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct DeleteInput {
  std::vector<std::string> keys{};
  bool yes{};
  bool dry_run{};
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
    if (!is_uuid(text) || will_ask) {
      const FoundKey found = TRY(find_key(session, text));
      target = {found.key.api_key_id,
                in_quotes(found.key.name) + " (" + escaped(found.key.api_key_id) + ")"};
      if (will_ask) {
        print_key(session, session.messages().output(), found.key);
        session.messages().output().write("\n");
      }
    }
    const auto is_same = [&](const Target& other) { return other.id == target.id; };
    if (std::ranges::none_of(targets, is_same)) targets.push_back(std::move(target));
  }
  return targets;
}

void write_result(json::Writer& writer, const Target& target, const Error* failure) {
  writer.begin_object();
  writer.key("success");
  writer.boolean(failure == nullptr);
  writer.key("keyId");
  writer.string(target.id);
  if (failure != nullptr) {
    writer.key("error");
    writer.string(failure->message);
  }
  writer.end_object();
}

Status delete_all(Session& session, const std::vector<Target>& targets) {
  std::string json;
  json::Writer writer{json, 2};
  std::vector<Error> failures;
  if (targets.size() > 1) writer.begin_array();
  for (const Target& target : targets) {
    const auto result = exchange(session, DeleteApiKey{.api_key_id = target.id});
    if (targets.size() > 1 || result)
      write_result(writer, target, result ? nullptr : &result.error());
    if (!session.is_json() && result) session.output().write("Deleted " + target.shown + "\n");
    if (result) continue;
    Error failure = result.error();
    failure.message = "cannot delete " + target.shown + ": " + failure.message;
    if (failure.outcome == Outcome::unknown)
      failure.next = "see `manage_xai get-key " + target.id + "`";
    if (targets.size() > 1 && !session.is_json()) session.messages().warn(failure.message);
    failures.push_back(std::move(failure));
  }
  if (targets.size() > 1) writer.end_array();
  if (session.is_json() && !json.empty()) session.output().write(json + "\n");
  if (failures.empty()) return ExitCode::done;
  if (targets.size() == 1) return std::unexpected{std::move(failures.front())};
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
    if (!is_uuid(text) && !will_ask && !input.yes && !input.dry_run)
      return usage_failure(in_quotes(text) + " is a name, and deleting by name wants --yes",
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

Run declare_delete_key(Options& options) {
  auto input = std::make_shared<DeleteInput>();
  options.argument("KEY", input->keys, "Ids or exact names of the keys");
  options.flag("--yes", input->yes, "Do not ask");
  options.flag("--dry-run", input->dry_run, "Print the request instead of sending it");
  return [input](Session& session) { return delete_keys(session, *input); };
}

}  // namespace xai::cli
