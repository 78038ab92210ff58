#include "cli/commands/api_keys/mint.h"

#include <cstring>
#include <utility>

#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "json/writer.h"
#include "wire/api_keys.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;
using client::Answer;

namespace {

std::string recover_command(const Pending& pending) { return "`manage_xai recover " + pending.id; }

/// The key as JSON, with its secret only where output may carry it.
std::string json_of(Answer<ApiKey>& answer, bool is_hidden) {
  if (answer.is_cut) {
    std::string text;
    json::Writer writer{text, 2};
    wire::encode(writer, answer.value);
    return text;
  }
  json::Arena& arena = answer.document.arena();
  const json::Value whole = wire::canonical<ApiKey>(answer.document.root(), arena);
  return json::to_text(is_hidden ? without_secret(whole, arena) : whole, 2);
}

/// One operation from the record to the delivery.
class Mint {
 public:
  /// `wait` is none when the secret is handed over at once.
  Mint(Session& session, std::optional<std::chrono::seconds> wait, bool verifies, Minting minting,
       SecretSink sink, PendingRecord record, bool is_recovery)
      : session_{&session},
        wait_{wait},
        verifies_{verifies},
        minting_{std::move(minting)},
        sink_{std::move(sink)},
        record_{std::move(record)},
        is_recovery_{is_recovery} {}

  Status run() {
    auto answer = minting_.send();
    if (!answer) return std::unexpected{explained(std::move(answer).error())};
    keep(answer->value);
    if (answer->is_cut) complete(*answer);
    ExitCode code = ExitCode::done;
    if (wait_ || verifies_) code = wait(answer->value, wait_.value_or(default_wait));
    TRY(deliver(*answer));
    record_.remove();
    if (minting_.report) minting_.report(*answer);
    return code;
  }

 private:
  /// First of all: from here on the secret outlives this process.
  void keep(const ApiKey& key) {
    Pending pending = record_.content();
    if (!key.api_key_id.empty()) pending.api_key_id = key.api_key_id;
    if (!key.name.empty()) pending.key_name = key.name;
    pending.secret = key.api_key.value_or(Secret{});
    if (const int error = record_.note(std::move(pending))) {
      is_kept_ = false;
      session_->messages().warn(
          std::string{"the secret could not be written to the record of this run ("} +
          std::strerror(error) + ")");
    }
    remember_minted(*session_, record_.content().api_key_id);
  }

  /// The answer broke off behind the secret: the rest is looked up.
  void complete(Answer<ApiKey>& answer) {
    session_->messages().warn(
        "the answer broke off, but not before the secret had come; the rest was looked up");
    const Pending& known = record_.content();
    std::optional<ApiKey> found;
    if (!known.api_key_id.empty()) {
      if (auto key = find_key(*session_, known.api_key_id)) found = std::move(key->key);
    } else if (auto keys = find_lost_keys(*session_, known); keys && keys->size() == 1) {
      found = std::move(keys->front());
    }
    if (!found) return;
    Pending pending = known;
    pending.api_key_id = found->api_key_id;
    pending.key_name = found->name;
    record_.note(std::move(pending));
    found->api_key = std::move(answer.value.api_key);
    answer.value = *std::move(found);
  }

  /// Until the clusters know the key and, if asked, its secret works. The secret is safe all the
  /// while; what goes wrong here only means that it is handed over unproven.
  ExitCode wait(const ApiKey& key, std::chrono::seconds span) {
    const std::string& id = record_.content().api_key_id;
    const Timestamp start = session_->now();
    const auto readiness = cli::run(*session_, [&](const workflows::Call& call) {
      return workflows::wait_until_ready(call, id, span);
    });
    if (!readiness) {
      session_->messages().warn("whether the clusters know the key could not be checked (" +
                                readiness.error().message + ")");
      return ExitCode::pending;
    }
    if (!readiness->is_complete()) {
      session_->messages().warn("still unknown in " + lagging_in(*readiness) +
                                " when the wait ended");
      return ExitCode::pending;
    }
    if (!verifies_) return ExitCode::done;
    const auto spent = std::chrono::floor<std::chrono::seconds>(session_->now() - start);
    const auto verdict = cli::run(*session_, [&](const workflows::Call& call) {
      return workflows::wait_until_live(call, key.api_key.value_or(Secret{}), id, span - spent);
    });
    if (!verdict) {
      session_->messages().warn("the new secret could not be tried (" + verdict.error().message +
                                ")");
      return ExitCode::pending;
    }
    if (is_live(*verdict)) {
      session_->messages().note("the new secret was tried and is live");
      return ExitCode::done;
    }
    session_->messages().warn("the new secret was tried: " + words_of(*verdict));
    return verdict->state == SecretState::refused ? ExitCode::pending : ExitCode::differs;
  }

  Result<void> deliver(Answer<ApiKey>& answer) {
    ApiKey shown = answer.value;
    if (sink_.is_hidden()) {
      shown.api_key.reset();
      answer.value.api_key.reset();
    }
    if (session_->is_json()) {
      std::string text = json_of(answer, sink_.is_hidden());
      session_->output().write(text);
      session_->output().write("\n");
      management::wipe(text);
    } else if (sink_.is_hidden() || !sink_.is_variable()) {
      print_key(*session_, session_->output(), shown);
    }
    if (const auto delivered = sink_.deliver(record_.content().secret); !delivered)
      return undelivered(delivered.error());
    if (sink_.is_hidden())
      session_->messages().note("the secret went to " + sink_.description());
    else if (sink_.is_variable())
      session_->messages().note(in_quotes(shown.name) + " (" + escaped(shown.api_key_id) +
                                ") was " + minting_.verb);
    else if (!session_->is_json())
      session_->messages().note("the secret is shown this once and cannot be asked for again");
    return {};
  }

  std::unexpected<Error> undelivered(const std::string& why) {
    const Pending& pending = record_.content();
    const std::string id =
        pending.api_key_id.empty() ? in_quotes(pending.key_name) : escaped(pending.api_key_id);
    std::string next = "the secret is kept; run " + recover_command(pending) + " --deliver" +
                       sink_.options() + "` to hand it over";
    if (!is_kept_)
      next = "the secret is lost; run " + recover_command(pending) + " --rotate` for a new one";
    return std::unexpected{Error{.kind = ErrorKind::data_loss,
                                 .outcome = Outcome::done,
                                 .reason = Reason::secret_undelivered,
                                 .message = "the key " + id + " was " + minting_.verb +
                                            ", but its secret could not go to " +
                                            sink_.description() + " (" + why + ")",
                                 .next = std::move(next)}};
  }

  /// What failed before there was a secret. The record goes, unless something may have changed.
  Error explained(Error failure) {
    if (failure.outcome != Outcome::unknown) {
      if (!is_recovery_) record_.remove();
      return failure;
    }
    const Pending& pending = record_.content();
    if (pending.command == "create-key" && pending.api_key_id.empty())
      failure.next = look_for_lost_key();
    else
      failure.next = "the key " + escaped(pending.api_key_id) +
                     " may have a new secret that nobody knows; run " + recover_command(pending) +
                     " --rotate` to give it another one";
    return failure;
  }

  /// The answer was lost, and with it the secret. Names the key if there is one.
  std::string look_for_lost_key() {
    const Pending& pending = record_.content();
    const auto found = find_lost_keys(*session_, pending);
    const bool is_contested = !found && exit_code_of(found.error()) == ExitCode::refused;
    if (!found || found->empty())
      return (found          ? "no such key is in the list now"
              : is_contested ? found.error().message
                             : "the list could not be looked at") +
             "; run " + recover_command(pending) + "` before you try again";
    std::vector<std::string> ids;
    for (const ApiKey& key : *found) ids.push_back(escaped(key.api_key_id));
    if (found->size() > 1)
      return "keys of that name and time: " + listed(ids) + "; nothing was done to them; see " +
             recover_command(pending) + "`";
    return "the key was made as " + ids.front() + " but its secret is lost; run " +
           recover_command(pending) + " --rotate` for a new one, or with --delete to remove it";
  }

  Session* session_;
  std::optional<std::chrono::seconds> wait_;
  bool verifies_;
  Minting minting_;
  SecretSink sink_;
  PendingRecord record_;
  bool is_recovery_;
  bool is_kept_{true};
};

}  // namespace

void declare_mint_options(Options& options, MintInput& input) {
  declare_sink_options(options, input.sink);
  declare_wait(options, input.wait);
  options.flag("--verify", input.verify, "Wait until the new secret works at the inference host");
}

Status mint(Session& session, const MintInput& input, Minting minting) {
  const auto wait = TRY(wait_of(input.wait));
  // A key that is missing must not leave a record behind.
  if (auto client = session.client(); !client) return std::unexpected{std::move(client).error()};
  SecretSink sink = TRY(SecretSink::open(session, input.sink));
  Pending pending = minting.pending;
  pending.start = session.now();
  pending.base_url = session.settings().base_url.value;
  pending.team_id = session.settings().team_id.value;
  pending.temporary_file = sink.temporary_file();
  PendingRecord record = TRY(PendingRecord::create(session, std::move(pending)));
  return Mint{session,
              wait,
              input.verify,
              std::move(minting),
              std::move(sink),
              std::move(record),
              /*is_recovery=*/false}
      .run();
}

Status mint(Session& session, const MintInput& input, Minting minting, SecretSink sink,
            PendingRecord record) {
  const auto wait = TRY(wait_of(input.wait));
  Pending pending = record.content();
  pending.api_key_id = minting.pending.api_key_id;
  pending.key_name = minting.pending.key_name;
  pending.start = session.now();
  pending.temporary_file = sink.temporary_file();
  if (const int error = record.note(std::move(pending)))
    return local_failure(
        std::string{"the record could not be written ("} + std::strerror(error) + ")",
        "set XDG_STATE_HOME to a folder that can be written to");
  return Mint{session,
              wait,
              input.verify,
              std::move(minting),
              std::move(sink),
              std::move(record),
              /*is_recovery=*/true}
      .run();
}

Status deliver_pending(Session& session, const SinkInput& input, PendingRecord record) {
  SecretSink sink = TRY(SecretSink::open(session, input));
  const Pending& pending = record.content();
  if (session.is_json()) {
    std::string text;
    json::Writer writer{text, 2};
    writer.begin_object();
    writer.key("apiKeyId");
    writer.string(pending.api_key_id);
    writer.key("name");
    writer.string(pending.key_name);
    if (!sink.is_hidden()) {
      writer.key("apiKey");
      writer.string(pending.secret.reveal());
    }
    writer.end_object();
    session.output().write(text);
    session.output().write("\n");
    management::wipe(text);
  } else if (!sink.is_variable() || sink.is_hidden()) {
    Labels labels;
    labels.add("Name", pending.key_name);
    labels.add("ID", pending.api_key_id);
    if (!sink.is_hidden()) labels.add("Secret", pending.secret.reveal(), Style::strong);
    labels.print(session.output());
  }
  if (const auto delivered = sink.deliver(pending.secret); !delivered) {
    return std::unexpected{Error{.kind = ErrorKind::data_loss,
                                 .outcome = Outcome::unanswered,
                                 .reason = Reason::secret_undelivered,
                                 .message = "the secret could not go to " + sink.description() +
                                            " (" + delivered.error() + ")",
                                 .next = "it is still kept; try another place"}};
  }
  if (sink.is_hidden()) session.messages().note("the secret went to " + sink.description());
  record.remove();
  return ExitCode::done;
}

}  // namespace xai::cli
