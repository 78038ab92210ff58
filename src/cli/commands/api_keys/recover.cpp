#include <chrono>
#include <memory>

#include "base/time_text.h"
#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/api_keys/mint.h"
#include "cli/commands/api_keys/rotate.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct RecoverInput {
  std::vector<std::string> records{};
  bool deliver{};
  bool rotate{};
  bool remove{};
  bool forget{};
  bool yes{};
  std::string key{};
  Rotation rotation{};
  MintInput mint{};
};

/// How long a key that was made may be missing in the list: who forgot it by then would lose it.
constexpr std::chrono::minutes list_lag_max{5};

/// A record as a person needs to know it.
struct Finding {
  Pending pending;
  std::string state{};              ///< `running`, `minted` or `unknown`.
  std::vector<std::string> keys{};  ///< Ids of the keys it may be about.
  std::string words{};
  std::string next{};
};

std::string about(const Pending& pending) {
  return pending.command + " " +
         (pending.key_name.empty() ? escaped(pending.api_key_id) : in_quotes(pending.key_name));
}

/// A record is about one service and one team; with the settings of another it would mislead.
Result<void> check_settings(Session& session, const Pending& pending) {
  const Settings& settings = session.settings();
  const auto bare = [](std::string_view url) {
    return url.substr(0, url.find_last_not_of('/') + 1);
  };
  if (!pending.base_url.empty() && bare(pending.base_url) != bare(settings.base_url.value))
    return refusal("that was sent to " + escaped(pending.base_url) + ", not to " +
                       escaped(settings.base_url.value),
                   "add --base-url " + escaped(pending.base_url));
  if (!pending.team_id.empty() && !settings.team_id.value.empty() &&
      pending.team_id != settings.team_id.value)
    return refusal("that was about the team " + escaped(pending.team_id),
                   "add --team-id " + escaped(pending.team_id));
  return {};
}

/// The keys that an operation without an answer may be about.
/// Errors: refused for a record of another service or team; those of the look-up.
Result<std::vector<std::string>> keys_of(Session& session, const Pending& pending) {
  TRY(check_settings(session, pending));
  if (!pending.api_key_id.empty()) return std::vector{pending.api_key_id};
  std::vector<std::string> ids;
  for (const ApiKey& key : TRY(find_lost_keys(session, pending))) ids.push_back(key.api_key_id);
  return ids;
}

Finding look_at(Session& session, Pending pending) {
  Finding finding{.pending = std::move(pending)};
  const std::string command = "manage_xai recover " + finding.pending.id;
  if (finding.pending.is_running) {
    finding.state = "running";
    finding.words = "is still under way in another process";
    return finding;
  }
  if (finding.pending.is_minted()) {
    finding.state = "minted";
    finding.keys = {finding.pending.api_key_id};
    finding.words = "its secret is kept, and was not handed over as far as is known";
    finding.next = command + " --deliver";
    return finding;
  }
  finding.state = "unknown";
  const auto keys = keys_of(session, finding.pending);
  if (!keys) {
    finding.words = "its answer was lost, and what came of it cannot be told now (" +
                    keys.error().message + ")";
    return finding;
  }
  finding.keys = *keys;
  if (finding.pending.command == "rotate-key") {
    finding.words = "its answer was lost: the key may have a new secret that nobody knows";
    finding.next = command + " --rotate";
  } else if (keys->empty() && session.now() - finding.pending.start < list_lag_max) {
    finding.words =
        "its answer was lost, and no such key is in the list yet; look again in some "
        "minutes";
    finding.next = "manage_xai recover";
  } else if (keys->empty()) {
    finding.words = "its answer was lost, and no such key is in the list";
    finding.next = command + " --forget";
  } else if (keys->size() == 1) {
    finding.words = "its answer was lost: the key was made, and nobody knows its secret";
    finding.next = command + " --rotate, or --delete";
  } else {
    finding.words = "its answer was lost, and several keys may be the one";
    finding.next = command + " --rotate --key ID, or --delete --key ID";
  }
  return finding;
}

void print_findings_json(Session& session, const std::vector<Finding>& findings) {
  std::string text;
  json::Writer writer{text, 2};
  writer.begin_array();
  for (const Finding& finding : findings) {
    writer.begin_object();
    const auto member = [&](std::string_view name, const std::string& value) {
      writer.key(name);
      writer.string(value);
    };
    member("record", finding.pending.id);
    member("command", finding.pending.command);
    member("name", finding.pending.key_name);
    member("startTime", base::format_rfc3339(finding.pending.start));
    member("state", finding.state);
    writer.key("apiKeyIds");
    writer.begin_array();
    for (const std::string& id : finding.keys) writer.string(id);
    writer.end_array();
    member("next", finding.next);
    writer.end_object();
  }
  writer.end_array();
  session.output().write(text + "\n");
}

Status list_unfinished(Session& session) {
  std::vector<Finding> findings;
  for (Pending& pending : TRY(list_pending(session)))
    findings.push_back(look_at(session, std::move(pending)));
  if (session.is_json()) {
    print_findings_json(session, findings);
    return ExitCode::done;
  }
  for (const Finding& finding : findings) {
    Output& output = session.output();
    output.write(finding.pending.id + "  " + about(finding.pending) + ", begun " +
                 session.shown_time(finding.pending.start, "") + "\n");
    output.write("          " + finding.words + "\n");
    for (const std::string& id : finding.keys) output.write("          key " + escaped(id) + "\n");
    if (!finding.next.empty()) output.write("          → " + finding.next + "\n");
  }
  if (findings.empty()) session.messages().note("nothing is unfinished");
  return ExitCode::done;
}

/// The one key that the record is about, or that --key chooses.
Result<std::string> one_key(Session& session, const Pending& pending, const std::string& chosen) {
  const auto keys = TRY(keys_of(session, pending));
  if (!chosen.empty()) {
    for (const std::string& id : keys)
      if (id == chosen) return chosen;
    return refusal(in_quotes(chosen) + " is none of the keys that may have been made",
                   "see `manage_xai recover`");
  }
  if (keys.size() == 1) return keys.front();
  if (keys.empty())
    return std::unexpected{
        Error{.kind = ErrorKind::not_found,
              .outcome = Outcome::refused,
              .message = "no key of that name and time is in the list",
              .next = "look again in some minutes; if there is none, end this with --forget"}};
  std::vector<std::string> shown;
  for (const std::string& id : keys) shown.push_back(escaped(id));
  return refusal("several keys may be the one: " + listed(shown), "choose one with --key ID");
}

Status rotate_lost(Session& session, const RecoverInput& input, PendingRecord record) {
  const std::string id = TRY(one_key(session, record.content(), input.key));
  Rotation rotation = input.rotation;
  // Nobody uses the secret that a create lost, so there is nothing to overlap with.
  if (rotation.overlap.empty() && record.content().command == "create-key") rotation.overlap = "0";
  const RotateApiKey request = TRY(request_of(session, rotation, id));
  SecretSink sink = TRY(SecretSink::open(session, input.mint.sink));
  Minting minting = minting_of(session, request, record.content().key_name);
  return mint(session, input.mint, std::move(minting), std::move(sink), std::move(record));
}

Status delete_lost(Session& session, const RecoverInput& input, PendingRecord record) {
  const Pending& pending = record.content();
  if (pending.command != "create-key")
    return refusal("the key was there before and was only rotated, so it is not deleted here",
                   "use `manage_xai delete-key`, then --forget");
  const std::string id = TRY(one_key(session, pending, input.key));
  if (session.can_ask() && !input.yes && !session.confirm("Delete the key " + escaped(id) + "?"))
    return refusal("not confirmed", "answer y to delete");
  auto deleted = exchange(session, DeleteApiKey{.api_key_id = id});
  // A key that is gone already is what was wanted.
  if (!deleted && exit_code_of(deleted.error()) != ExitCode::not_found)
    return std::unexpected{std::move(deleted).error()};
  record.remove();
  if (!session.is_json()) session.output().write("Deleted " + escaped(id) + "\n");
  return ExitCode::done;
}

Status forget(Session& session, const RecoverInput& input, PendingRecord record) {
  const bool is_minted = record.content().is_minted();
  if (session.can_ask() && !input.yes &&
      !session.confirm(is_minted ? "Its secret will be gone for good. Forget it?" : "Forget it?"))
    return refusal("not confirmed", "answer y to forget");
  record.remove();
  session.messages().note("forgotten; the keys of the team were left as they are");
  return ExitCode::done;
}

Status recover(Session& session, const RecoverInput& input) {
  const int deeds = int{input.deliver} + int{input.rotate} + int{input.remove} + int{input.forget};
  if (deeds > 1)
    return usage_failure("only one of --deliver, --rotate, --delete and --forget can be done");
  if (input.records.size() > 1)
    return usage_failure("recover settles one record at a time", "name one of them");
  if (deeds == 0 && input.records.empty()) return list_unfinished(session);
  if (deeds == 0)
    return usage_failure(
        "recover wants to know what to do with " + in_quotes(input.records.front()),
        "add --deliver, --rotate, --delete or --forget");
  std::string id;
  if (!input.records.empty()) {
    id = input.records.front();
  } else {
    const auto list = TRY(list_pending(session));
    if (list.empty())
      return std::unexpected{Error{.kind = ErrorKind::not_found,
                                   .outcome = Outcome::refused,
                                   .message = "nothing is unfinished"}};
    if (list.size() > 1)
      return usage_failure("several operations are unfinished",
                           "name one; see `manage_xai recover`");
    id = list.front().id;
  }
  PendingRecord record = TRY(PendingRecord::take(session, id));
  if (input.rotate) return rotate_lost(session, input, std::move(record));
  if (input.remove) return delete_lost(session, input, std::move(record));
  if (input.forget) return forget(session, input, std::move(record));
  if (!record.content().is_minted())
    return refusal("no secret came for " + about(record.content()),
                   "use --rotate for a new one; see `manage_xai recover`");
  return deliver_pending(session, input.mint.sink, std::move(record));
}

}  // namespace

Run declare_recover(Options& options) {
  auto input = std::make_shared<RecoverInput>();
  options.argument("RECORD", input->records, "Which unfinished operation, as listed").is_required =
      false;
  options.flag("--deliver", input->deliver, "Hand over the secret that is kept");
  options.flag("--rotate", input->rotate, "Give the key a new secret and hand it over");
  options.flag("--delete", input->remove, "Delete the key that a create made");
  options.flag("--forget", input->forget, "Drop the record; the key stays as it is");
  options.option("--key", input->key, "ID", "Which key, when several may be the one");
  declare_rotation(options, input->rotation);
  declare_mint_options(options, input->mint);
  options.flag("--yes", input->yes, "Do not ask");
  return [input](Session& session) { return recover(session, *input); };
}

}  // namespace xai::cli
