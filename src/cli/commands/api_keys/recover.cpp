#include <chrono>

#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/api_keys/findings.h"
#include "cli/commands/api_keys/mint.h"
#include "cli/commands/api_keys/rotate.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "wire/operations.h"
#include "workflows/overlaps.h"
#include "workflows/recovery.h"
#include "workflows/unfinished.h"

namespace xai::cli {

using namespace management;
using workflows::Call;
using workflows::Record;
using workflows::RecordFile;
using workflows::TakenRecord;

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
  DeliveryInput delivery{};

  void declare(Options& options) {
    options.argument("RECORD", records, "Which unfinished operation, as listed").is_required =
        false;
    options.flag("--deliver", deliver, "Hand over the secret that is kept");
    options.flag("--rotate", rotate, "Give the key a new secret and hand it over");
    options.flag("--delete", remove, "Delete the key that a create made");
    options.flag("--forget", forget, "Drop the record; the key stays as it is");
    options.option("--key", key, "ID", "Which key, when several match").unique();
    declare_rotation(options, rotation);
    declare_delivery(options, delivery);
    declare_yes(options, yes);
  }
};

std::unexpected<Error> unusable_files(Session& session, std::size_t count) {
  return local_failure(counted(count, "file") + " in " +
                           in_quotes(session.state_folder().value_or("") + "/pending") +
                           " cannot be used as " + (count == 1 ? "a record" : "records"),
                       "look at them, and move them away");
}

Status list_unfinished(Session& session, const Call& call) {
  std::vector<Finding> findings;
  auto operations = workflows::unfinished(call);
  if (!operations) return std::unexpected{advised(std::move(operations).error())};
  std::size_t unreadable = 0;
  for (Unfinished& operation : *operations) {
    if (operation.state == UnfinishedState::unreadable) ++unreadable;
    findings.push_back(finding_of(std::move(operation)));
  }
  print_findings(session, findings);
  if (unreadable == 0) return ExitCode::done;
  return unusable_files(session, unreadable);
}

std::string shown_key(const std::string& id, const Record& record) {
  const std::string name = record.about("name");
  return name.empty() ? escaped(id) : in_quotes(name) + " (" + escaped(id) + ")";
}

/// The one key that the record is about, or that --key chooses.
Result<std::string> chosen_key(const Call& call, const Record& record, const std::string& chosen) {
  auto id = workflows::one_key(call, record, chosen);
  if (id) return id;
  Error& error = id.error();
  if (error.reason == Reason::ambiguous_name)
    error.next = "choose one with --key ID";
  else if (error.reason == Reason::elsewhere)
    error.next = workflows::is_of_service(call, record)
                     ? "add --team-id " + escaped(record.team_id)
                     : "add --base-url " + escaped(record.base_url);
  else if (error.kind == ErrorKind::not_found)
    error.next += "; if there is none, drop the record with --forget";
  else if (error.kind == ErrorKind::invalid_argument)
    error.next = "see `manage_xai recover`";
  return id;
}

Status rotate_lost(Session& session, const Call& call, const RecoverInput& input,
                   TakenRecord taken) {
  const auto wait = TRY(check_delivery(session, input.delivery));
  const std::string id = TRY(chosen_key(call, taken.record, input.key));
  TRY(check_unprotected(session, id));
  TRY(check_region(session, wait, id));
  const RotateApiKey request = TRY(request_of(session, input.rotation, id));
  if (workflows::kind_of(taken.record) == UnfinishedKind::rotates_key &&
      !workflows::ends_old_secret(call, request) && !input.rotation.ends_overlap)
    return refusal("the lost rotation of " + shown_key(id, taken.record) +
                       " may have been made; then the secret before it keeps working for the "
                       "overlap, and another rotation ends it at once",
                   "add --end-overlap when nothing uses that secret, or --overlap 0");
  const MintWords words = words_of(session, request, taken.record.about("name"));
  return mint(session, input.delivery, wait, words, call,
              workflows::Once<RotateApiKey>::mend(call, std::move(taken), request,
                                                  sink_of(input.delivery.sink)));
}

Status delete_lost(Session& session, const Call& call, const RecoverInput& input,
                   TakenRecord taken) {
  if (workflows::kind_of(taken.record) != UnfinishedKind::creates_key)
    return refusal("the key was there before and was only rotated, so it is not deleted here",
                   "use `manage_xai delete-key`, then --forget");
  if (auto client = session.client(); !client) return std::unexpected{std::move(client).error()};
  const std::string id = TRY(chosen_key(call, taken.record, input.key));
  TRY(check_unprotected(session, id));
  // Another machine may have made a key of that name: no look proves which one is ours.
  if (input.key.empty()) {
    const std::string key = "the key " + escaped(id) + " is of that name and time";
    if (!session.can_ask())
      return refusal(key + ", which does not prove that this create made it",
                     "see `manage_xai get-key " + escaped(id) + "`, then add --key " + escaped(id));
    if (!session.confirm_by_typing(key + ". Type its id to delete it:", id))
      return refusal("not confirmed", "type the id to delete the key");
  }
  TRY(workflows::delete_lost(call, std::move(taken), id));
  session.note_change();
  if (!session.is_json()) session.output().write("Deleted " + escaped(id) + "\n");
  return ExitCode::done;
}

Status forget(Session& session, const RecoverInput& input, TakenRecord taken) {
  const bool is_minted = !taken.record.secret.empty();
  if (session.can_ask() && !input.yes &&
      !session.confirm(is_minted ? "Its secret will be gone for good. Forget it?" : "Forget it?"))
    return refusal("not confirmed", "answer y to forget");
  workflows::forget(std::move(taken));
  session.messages().note("forgotten; the keys of the team were left as they are");
  return ExitCode::done;
}

Status deliver(Session& session, const Call& call, const RecoverInput& input, TakenRecord taken) {
  if (taken.record.secret.empty())
    return refusal("no secret came for " + about(workflows::look_at(call, taken.record)),
                   "use --rotate for a new one; see `manage_xai recover`");
  if (taken.record.is_open_to_others)
    session.messages().warn("other users of this machine can read the record of " +
                            about(workflows::look_at(call, taken.record)));
  const Record record = taken.record;
  auto engine = workflows::OnceEngine::resume(call, std::move(taken), sink_of(input.delivery.sink));
  if (!engine) return std::unexpected{advised(std::move(engine).error())};
  const ExitCode code = TRY(deliver_again(session, input.delivery.sink, *std::move(engine)));
  // Only now: a service that does not answer must not hold up the secret.
  constexpr std::chrono::seconds look_limit{5};
  if (const std::string stale = stale_words(workflows::look_at(call.for_look(look_limit), record));
      !stale.empty())
    session.messages().warn(stale);
  return code;
}

/// The record that is named, or the only one there is.
Result<TakenRecord> chosen_record(Session& session, const Call& call,
                                  const std::vector<std::string>& names) {
  std::string id;
  if (!names.empty()) {
    id = names.front();
  } else {
    auto list = TRY(workflows::list_records(call));
    const std::size_t unreadable =
        std::erase_if(list, [](const Record& record) { return !record.unreadable.empty(); });
    // A secret may be in one of them.
    if (list.empty() && unreadable > 0) return unusable_files(session, unreadable);
    if (unreadable > 0)
      session.messages().warn(unusable_files(session, unreadable).error().message);
    if (list.empty())
      return std::unexpected{Error{.kind = ErrorKind::not_found,
                                   .outcome = Outcome::refused,
                                   .message = "nothing is unfinished",
                                   .next = "there is nothing to do"}};
    if (list.size() > 1)
      return usage_failure("several operations are unfinished",
                           "name one; see `manage_xai recover`");
    id = list.front().id;
  }
  auto taken = RecordFile::take(call, id);
  if (!taken && taken.error().kind == ErrorKind::not_found)
    taken.error().next = "see `manage_xai recover`";
  if (!taken) return std::unexpected{advised(std::move(taken).error())};
  return taken;
}

/// That every option is about the action that is asked for, if any: one that is passed over would
/// promise what is not done.
Result<void> check_companions(const RecoverInput& input) {
  struct Companion {
    const char* option;
    bool is_given;
    bool fits;
    const char* actions;
  };
  const auto& [sink, wait, verifies] = input.delivery;
  const bool hands_over = input.deliver || input.rotate;
  const bool chooses = input.rotate || input.remove;
  const bool acts = hands_over || chooses || input.forget;
  constexpr auto rotate = "--rotate";
  constexpr auto hand_over = "--deliver or --rotate";
  for (const auto& [option, is_given, fits, actions] :
       {Companion{"--key", !input.key.empty(), chooses, "--rotate or --delete"},
        Companion{"--overlap", !input.rotation.overlap.empty(), input.rotate, rotate},
        Companion{"--expires", !input.rotation.expires.empty(), input.rotate, rotate},
        Companion{"--end-overlap", input.rotation.ends_overlap, input.rotate, rotate},
        Companion{"--wait", !wait.wait.empty(), input.rotate, rotate},
        Companion{"--verify", verifies, input.rotate, rotate},
        Companion{"--secret-file", !sink.file.empty(), hands_over, hand_over},
        Companion{"--force", sink.force, hands_over, hand_over},
        Companion{"--secret-command", !sink.command.empty(), hands_over, hand_over},
        Companion{"--secret-env", !sink.variable.empty(), hands_over, hand_over},
        Companion{"--yes", input.yes, acts, "an action"}})
    if (is_given && !fits)
      return usage_failure(std::string{option} + " goes with " + actions,
                           "add that, or leave " + std::string{option} + " out");
  return {};
}

Status recover(Session& session, const RecoverInput& input) {
  const int actions =
      int{input.deliver} + int{input.rotate} + int{input.remove} + int{input.forget};
  if (actions > 1)
    return usage_failure("only one of --deliver, --rotate, --delete and --forget can be done");
  if (input.records.size() > 1)
    return usage_failure("recover settles one record at a time", "name one of them");
  const bool is_listing = actions == 0 && input.records.empty();
  if (actions == 0 && !is_listing)
    return usage_failure(
        "recover needs to know what to do with " + in_quotes(input.records.front()),
        "add --deliver, --rotate, --delete or --forget");
  TRY(check_companions(input));
  TRY(session.state_folder());
  const CallOptions options = session.call_options();
  const Call call{session.account(), options};
  if (is_listing) return list_unfinished(session, call);
  TakenRecord taken = TRY(chosen_record(session, call, input.records));
  if (input.rotate) return rotate_lost(session, call, input, std::move(taken));
  if (input.remove) return delete_lost(session, call, input, std::move(taken));
  if (input.forget) return forget(session, input, std::move(taken));
  return deliver(session, call, input, std::move(taken));
}

}  // namespace

Command recover_command() {
  return {.name = "recover",
          .group = Group::api_keys,
          .summary = "Finish what create-key or rotate-key could not",
          .description =
              "Without an action it lists what is unfinished and changes nothing. RECORD may "
              "be left out when there is only one.",
          .examples = {"recover", "recover --deliver --secret-file app.key"},
          .formats = {"text", "json"},
          .declare = declare_with<RecoverInput, recover>,
          .is_write = true};
}

}  // namespace xai::cli
