#include "cli/commands/api_keys/mint.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include "cli/commands/api_keys/api_keys.h"
#include "cli/exchange.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "cli/results.h"
#include "wire/api_keys.h"
#include "wire/operations.h"
#include "workflows/earlier_create.h"
#include "workflows/sink.h"

namespace xai::cli {

using namespace management;
using client::Answer;
using workflows::OnceEngine;
using workflows::Record;

namespace {

std::string recover_command(const Record& record) { return "`manage_xai recover " + record.id; }

void drop_record(Session& session, OnceEngine& engine) {
  const int error = engine.drop();
  if (error != 0 && error != ENOENT)
    session.messages().warn("the record " + engine.record().id +
                            ", and the secret in it, could not be removed (" +
                            std::strerror(error) + ")");
}

/// Prints, and delivers what the engine holds: a file or a command has the secret before standard
/// output is touched. The error says in words what stopped it.
std::expected<void, std::string> print_and_deliver(Session& session, const SinkInput& sink,
                                                   OnceEngine& engine,
                                                   const std::function<void()>& print) {
  session.keep_out(engine.record().secret, sink.is_hidden());
  if (!sink.is_hidden()) {
    print();
    return hand_over(session, sink, engine);
  }
  auto delivered = hand_over(session, sink, engine);
  print();
  return delivered;
}

std::unexpected<Error> undelivered(const SinkInput& sink, const MintWords& words,
                                   const OnceEngine& engine, const std::string& why) {
  const Record& record = engine.record();
  const std::string key_id = record.about("apiKeyId");
  const std::string id = key_id.empty() ? in_quotes(record.about("name")) : escaped(key_id);
  std::string next = "the secret is kept; run " + recover_command(record) + " --deliver" +
                     sink.options() + "` to hand it over";
  if (!engine.is_recorded())
    next = "the secret is lost; run " + recover_command(record) + " --rotate" + sink.options() +
           "` for a new one";
  return std::unexpected{Error{.kind = ErrorKind::data_loss,
                               .outcome = Outcome::done,
                               .reason = Reason::secret_undelivered,
                               .message = "the key " + id + " was " + words.verb +
                                          ", but its secret could not go to " + sink.description() +
                                          " (" + why + ")",
                               .next = std::move(next)}};
}

/// Whether the sink has, or had, a secret that still works. What stands in no record is better in
/// the sink all the same.
bool replaces_working_secret(const Session& session, const SinkInput& sink, const MintWords& words,
                             const OnceEngine& engine) {
  if (!engine.is_recorded() || !words.old_secret_end ||
      *words.old_secret_end <= session.their_now())
    return false;
  std::error_code ignored;
  return !sink.command.empty() ||
         (sink.force && std::filesystem::exists(sink.file, ignored) && !ignored);
}

std::unexpected<Error> held_back(const SinkInput& sink, const MintWords& words,
                                 const OnceEngine& engine) {
  const Record& record = engine.record();
  const std::string id = escaped(record.about("apiKeyId"));
  return std::unexpected{Error{
      .kind = ErrorKind::data_loss,
      .outcome = Outcome::done,
      .reason = Reason::secret_undelivered,
      .message = "the key " + id + " was " + words.verb + ", but its secret was held back from " +
                 sink.description() + ", for it is not known to work yet",
      .next = "the one before it still works; once `manage_xai check-key " + id +
              " --wait` ends well, run " + recover_command(record) + " --deliver" + sink.options() +
              "` to hand it over"}};
}

/// Of a create whose answer was lost, and with it the secret: the key, if there is one.
std::string advice_on_lost_key(const Record& record, const Unfinished& found,
                               const SinkInput& sink) {
  if (found.look_error || found.api_key_ids.empty()) {
    const bool is_contested = found.look_error && found.look_error->reason == Reason::under_way;
    return (!found.look_error ? "no such key is in the list now"
            : is_contested    ? found.look_error->message
                              : "the list could not be looked at") +
           "; run " + recover_command(record) + "` before you try again";
  }
  std::vector<std::string> ids;
  for (const std::string& id : found.api_key_ids) ids.push_back(escaped(id));
  if (ids.size() > 1)
    return "keys of that name and time: " + listed(ids) + "; nothing was done to them; see " +
           recover_command(record) + "`";
  return "the list has a key of that name and time, " + ids.front() +
         ", whose secret is lost; run " + recover_command(record) + " --rotate" + sink.options() +
         "` for a new one, or with --delete --key " + ids.front() + " to remove it";
}

}  // namespace

void declare_delivery(Options& options, DeliveryInput& input) {
  declare_sink_options(options, input.sink);
  declare_wait(options, input.wait);
  options.flag("--verify", input.verify, "Wait until the new secret works at the inference host");
  options.add_rule([&input](Session& session) -> Result<void> {
    if (input.verify) TRY(check_inference_host(session));
    return {};
  });
}

Result<std::optional<std::chrono::seconds>> check_delivery(Session& session,
                                                           const DeliveryInput& input,
                                                           bool is_dry_run) {
  auto wait = TRY(wait_of(input.wait));
  if (input.verify && !wait) wait = default_wait;
  // A key that is missing must not leave a record behind.
  if (auto client = session.client(); !client) return std::unexpected{std::move(client).error()};
  if (!is_dry_run) {
    TRY(session.state_folder());
  } else if (const auto sink = sink_of(input.sink)) {
    if (auto place = workflows::OpenSink::check(*sink); !place)
      return std::unexpected{advised(std::move(place).error())};
  }
  return wait;
}

Error advised(Error error) {
  if (error.reason == Reason::local_trouble && error.kind == ErrorKind::already_exists) {
    error.kind = ErrorKind::failed_precondition;
    error.next += ", or add --force";
  }
  return error;
}

Error unsettled(const Unfinished& earlier, const SinkInput& sink) {
  Error error = workflows::error_of(earlier);
  const std::string command = "`manage_xai recover " + earlier.id;
  if (earlier.state == UnfinishedState::minted)
    error.next = "run " + command + " --deliver" + sink.options() + "` to hand it over";
  else if (earlier.look_error || earlier.api_key_ids.empty())
    error.next = "see `manage_xai recover` in a few minutes, or add --again to create a key anyway";
  else
    error.next = "run " + command + " --rotate" + sink.options() +
                 "` for a new secret, or with --delete --key ID to remove it";
  return error;
}

Error differing(const MintWords& words, const ApiKey& key, const std::vector<std::string>& names) {
  return {.kind = ErrorKind::failed_precondition,
          .outcome = Outcome::done,
          .reason = Reason::not_as_asked,
          .message = "the key " + escaped(key.api_key_id) + " was " + words.verb +
                     ", but it is not what was asked for: " + listed(names),
          .next = "see `manage_xai get-key " + escaped(key.api_key_id) + "`"};
}

Error explained(const MintWords& words, const SinkInput& sink, const OnceEngine& engine,
                Error error) {
  error.message = "cannot " + words.attempt + ": " + error.message;
  const auto& found = engine.found();
  if (!found) return error;
  const Record& record = engine.record();
  const std::string id = record.about("apiKeyId");
  if (found->kind == UnfinishedKind::creates_key && id.empty())
    error.next = advice_on_lost_key(record, *found, sink);
  else
    error.next = "the key " + escaped(id) + " may have a new secret that nobody knows; run " +
                 recover_command(record) + " --rotate --end-overlap" + sink.options() +
                 "` to give it another one, which ends the secret before it at once";
  return error;
}

Status finish(Session& session, const DeliveryInput& input,
              std::optional<std::chrono::seconds> wait, const MintWords& words, OnceEngine& engine,
              Answer<ApiKey>& answer) {
  const SinkInput& sink = input.sink;
  ExitCode code = ExitCode::done;
  if (wait) code = wait_until_known(session, engine.record(), *wait, input.verify);
  const bool is_held_back =
      code != ExitCode::done && replaces_working_secret(session, sink, words, engine);
  if (sink.is_hidden()) answer.value.api_key.reset();
  const auto print_text = [&] {
    if (sink.is_hidden() || !sink.is_variable()) print_key(session, session.output(), answer.value);
  };
  const auto print = [&] {
    // A document that broke off is no JSON.
    if (answer.is_cut)
      print_result(session, answer.value, print_text);
    else if (sink.is_hidden())
      print_result(session, without_secret(document_of(answer), answer.document.arena()),
                   print_text);
    else
      print_result(session, document_of(answer), print_text);
  };
  if (is_held_back) {
    session.keep_out(engine.record().secret, true);
    print();
    if (words.report) words.report(answer);
    return held_back(sink, words, engine);
  }
  const auto delivered = print_and_deliver(session, sink, engine, print);
  if (!delivered) return undelivered(sink, words, engine, delivered.error());
  drop_record(session, engine);
  if (sink.is_hidden())
    session.messages().note("the secret went to " + sink.description());
  else if (sink.is_variable())
    session.messages().note(in_quotes(answer.value.name) + " (" + escaped(answer.value.api_key_id) +
                            ") was " + words.verb);
  else if (!session.is_json())
    session.messages().note("the secret is shown only this once and cannot be asked for again");
  if (words.report) words.report(answer);
  return code;
}

Status deliver_again(Session& session, const SinkInput& input, OnceEngine engine) {
  const Record& record = engine.record();
  DeliveryResult result{.api_key_id = record.about("apiKeyId"), .name = record.about("name")};
  if (!input.is_hidden()) result.api_key = record.secret;
  const auto delivered = print_and_deliver(session, input, engine, [&] {
    print_result(session, result, [&] {
      if (input.is_variable() && !input.is_hidden()) return;
      Labels labels;
      labels.add("Name", result.name);
      labels.add("ID", result.api_key_id);
      if (result.api_key) labels.add("Secret", result.api_key->reveal(), Style::strong);
      labels.print(session.output());
    });
  });
  if (!delivered) {
    return std::unexpected{Error{.kind = ErrorKind::data_loss,
                                 .outcome = Outcome::unanswered,
                                 .reason = Reason::secret_undelivered,
                                 .message = "the secret could not go to " + input.description() +
                                            " (" + delivered.error() + ")",
                                 .next = "it is still kept; try another place"}};
  }
  if (input.is_hidden()) session.messages().note("the secret went to " + input.description());
  drop_record(session, engine);
  return ExitCode::done;
}

}  // namespace xai::cli
