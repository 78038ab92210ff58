#include "cli/commands/api_keys/readiness.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/exchange.h"
#include "cli/exit_code.h"
#include "cli/render/text.h"
#include "cli/time_options.h"
#include "client/pipeline.h"

namespace xai::cli {

using namespace management;
using std::chrono::seconds;

void declare_wait(Options& options, WaitInput& input) {
  options.option("--wait", input.wait, "SPAN", "Wait until every cluster knows the key")
      .value_is_optional(std::to_string(default_wait.count()) + "s");
  options.add_rule([&input](Session&) -> Result<void> {
    (void)TRY(wait_of(input));
    return {};
  });
}

Result<std::optional<seconds>> wait_of(const WaitInput& input) {
  if (input.wait.empty()) return std::nullopt;
  const auto span = base::parse_span(input.wait);
  if (!span)
    return usage_failure("--wait must be a span such as 30s or 2m, not " + in_quotes(input.wait),
                         meant_span(input.wait, 's'));
  return span;
}

Result<void> check_region(Session& session, const std::optional<seconds>& wait,
                          const std::string& api_key_id) {
  if (!wait || session.region().empty()) return {};
  auto readiness = run(session, [&](const workflows::Call& call) {
    return workflows::check_readiness(call, api_key_id);
  });
  if (readiness || readiness.error().reason != Reason::unknown_region) return {};
  return std::unexpected{std::move(readiness).error()};
}

Result<void> check_inference_host(const Session& session) {
  (void)TRY(client::inference_address(session.settings().options()));
  return {};
}

ExitCode wait_until_known(Session& session, const workflows::Record& record, seconds span,
                          bool verifies) {
  const std::string id = record.about("apiKeyId");
  const Timestamp start = session.now();
  const auto readiness = cli::run(session, [&](const workflows::Call& call) {
    return workflows::wait_until_ready(call, id, span);
  });
  if (!readiness) {
    session.messages().warn("whether the clusters know the key could not be checked (" +
                            readiness.error().message + ")");
    return ExitCode::pending;
  }
  if (!readiness->is_complete()) {
    session.messages().warn("still unknown in " + lagging_in(*readiness) + " when the wait ended");
    return ExitCode::pending;
  }
  if (!verifies) return ExitCode::done;
  const auto spent = std::chrono::floor<seconds>(session.now() - start);
  const auto verdict = cli::run(session, [&](const workflows::Call& call) {
    return workflows::wait_until_live(call, record.secret, id, span - spent);
  });
  if (!verdict) {
    session.messages().warn("the new secret could not be tried (" + verdict.error().message + ")");
    return ExitCode::pending;
  }
  if (is_live(*verdict)) {
    session.messages().note("the new secret was tried and is live");
    return ExitCode::done;
  }
  if (verdict->state == SecretState::not_known)
    session.messages().warn("the new secret was still " + words_of(*verdict) +
                            " at the inference host when the wait ended");
  else
    session.messages().warn("the new secret was tried: " + words_of(*verdict));
  return verdict->state == SecretState::not_known ? ExitCode::pending : ExitCode::differs;
}

std::string lagging_in(const Readiness& readiness) {
  return readiness.lagging.empty() ? "every cluster" : base::listed_words(readiness.lagging);
}

std::string words_of(const SecretVerdict& verdict) {
  switch (verdict.state) {
    case SecretState::live:
      return "live";
    case SecretState::not_known:
      return "not known (HTTP " + std::to_string(verdict.http_status) + ")";
    case SecretState::refused:
      return "refused (HTTP " + std::to_string(verdict.http_status) + ")";
    case SecretState::other_key:
      return "the secret of another key, " + escaped(verdict.api_key_id);
    case SecretState::team_blocked:
      return "blocked: xAI stopped the team";
    case SecretState::key_blocked:
      return "blocked by xAI";
    case SecretState::disabled:
      break;
  }
  return "disabled";
}

}  // namespace xai::cli
