
#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/api_keys/readiness.h"
#include "cli/exchange.h"
#include "cli/key_file.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "cli/results.h"

namespace xai::cli {

using namespace management;

namespace {

struct CheckInput {
  std::string key{};
  WaitInput wait{};
  std::string secret_from{};

  void declare(Options& options) {
    declare_key_argument(options, key);
    declare_wait(options, wait);
    options
        .option("--secret-from", secret_from, "FILE", "Try the secret in that file too; - is stdin")
        .of_this_machine();
    options.add_rule([this](Session& session) -> Result<void> {
      if (!secret_from.empty()) TRY(check_inference_host(session));
      return {};
    });
  }
};

Style style_of_verdict(const SecretVerdict& verdict) {
  if (is_live(verdict)) return Style::good;
  return verdict.state == SecretState::not_known ? Style::warning : Style::bad;
}

void print_check(Session& session, const FoundKey& found, const Readiness& readiness,
                 const std::optional<SecretVerdict>& verdict) {
  Labels labels = labels_of(session, found.key);
  if (verdict) labels.add("Secret", words_of(*verdict), style_of_verdict(*verdict));
  labels.print(session.output());
  session.output().write("\n");
  Table table{session.output(), {{"CLUSTER"}, {"KNOWS THE KEY"}}};
  for (const auto& [host, is_known] : readiness.propagation.clusters)
    table.add({{host}, {is_known ? "yes" : "not yet", is_known ? Style::good : Style::warning}});
  table.print();
}

/// The secret to try; empty where none is asked for.
Result<Secret> secret_of(Session& session, const CheckInput& input) {
  if (input.secret_from.empty()) return Secret{};
  Secret secret = TRY(read_key_file("the secret", "--secret-from", input.secret_from,
                                    session.read_line(), session.messages()));
  // To go on without it would look as if it had been found live.
  if (secret.empty())
    return usage_failure("the secret from --secret-from is empty", "check what wrote it");
  TRY(client::check_key(secret, "the secret from --secret-from"));
  return secret;
}

Status check_key(Session& session, const CheckInput& input) {
  const auto span = TRY(wait_of(input.wait));
  const Secret secret = TRY(secret_of(session, input));
  session.keep_out(secret, true);
  const FoundKey found = TRY(find_key(session, input.key));
  const std::string& id = found.key.api_key_id;
  const Readiness readiness = TRY(run(session, [&](const workflows::Call& call) {
    return span ? workflows::wait_until_ready(call, id, *span)
                : workflows::check_readiness(call, id);
  }));
  std::optional<SecretVerdict> verdict;
  if (!secret.empty())
    verdict = TRY(run(session, [&](const workflows::Call& call) {
      return span ? workflows::wait_until_live(call, secret, id, *span)
                  : workflows::verify_secret(call, secret, id);
    }));
  const KeyState state = state_of(found.key, session.their_now());
  CheckResult result{.api_key_id = id,
                     .name = found.key.name,
                     .state = state,
                     .propagated = readiness.is_complete(),
                     .ic_propagation = readiness.propagation.clusters};
  if (verdict) {
    result.secret = words_of(*verdict);
    result.secret_state = verdict->state;
  }
  print_result(session, result, [&] { print_check(session, found, readiness, verdict); });
  std::vector<std::string> faults;
  if (is_unusable(state)) faults.push_back("it is " + std::string{name_of(state)});
  if (models_of(found.key) == "none") faults.emplace_back("it has no model");
  if (endpoints_of(found.key) == "none") faults.emplace_back("it has no endpoint");
  const bool is_not_known = verdict && verdict->state == SecretState::not_known;
  if (verdict && !is_live(*verdict) && !is_not_known)
    faults.push_back("its secret is " + words_of(*verdict));
  if (!faults.empty()) {
    session.messages().warn("the key cannot be used: " + listed(faults));
    return ExitCode::differs;
  }
  if (is_not_known) {
    session.messages().warn(
        std::string{"its secret is not known at the inference host"} +
        (span ? " and was not when the wait ended; one" : "; one") +
        " that was made in the last few minutes may not have arrived there yet" +
        (span ? "" : ": add --wait to wait for it"));
    return span ? ExitCode::pending : ExitCode::differs;
  }
  if (!span || readiness.is_complete()) return ExitCode::done;
  session.messages().warn("still unknown in " + lagging_in(readiness) + " when the wait ended");
  return ExitCode::pending;
}

}  // namespace

Command check_key_command() {
  return {
      .name = "check-key",
      .group = Group::api_keys,
      .summary = "Check whether an API key can be used, and where",
      .description =
          "Shows the key's state, limits and expiry, and which clusters know it so far. Exit "
          "code 7: the key cannot be used, or its secret is not known there; 11: the wait ended "
          "before every cluster knew it.",
      .examples = {"check-key \"My App\" --wait",
                   "check-key \"My App\" --secret-from app.key --region us-east-1"},
      .formats = {"text", "json"},
      .declare = declare_with<CheckInput, check_key>};
}

}  // namespace xai::cli
