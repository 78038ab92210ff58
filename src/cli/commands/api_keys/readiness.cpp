#include "cli/commands/api_keys/readiness.h"

#include <algorithm>

#include "base/time_text.h"
#include "base/try.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;
using std::chrono::seconds;

namespace {

/// Calls `ask` until it answers something final or the span is over; what it answered last.
template <class Ask, class IsFinal>
auto ask_until(Session& session, seconds span, Ask ask, IsFinal is_final) -> decltype(ask()) {
  constexpr seconds pause_max{8};
  const Timestamp end = session.now() + span;
  seconds pause{1};
  while (true) {
    auto answer = ask();
    if (!answer || is_final(*answer) || session.interrupted() != 0) return answer;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - session.now());
    if (left.count() <= 0) return answer;
    session.sleep(std::min<std::chrono::milliseconds>(pause, left));
    if (session.interrupted() != 0) return answer;
    pause = std::min(2 * pause, pause_max);
  }
}

/// `us-east-1.api.x.ai` is the host of the cluster `us-east-1`.
bool is_of_region(const std::string& host, const std::string& region) {
  return host == region || host.starts_with(region + ".");
}

Result<void> cut_to_region(ApiKeyPropagation& propagation, const std::string& region) {
  if (region.empty() || propagation.clusters.empty()) return {};
  std::vector<std::string> known;
  for (const auto& [host, is_known] : propagation.clusters) known.push_back(escaped(host));
  std::erase_if(propagation.clusters,
                [&](const auto& entry) { return !is_of_region(entry.first, region); });
  if (propagation.clusters.empty())
    return refusal("the key has no cluster in the region " + in_quotes(region),
                   "the clusters are " + listed(known));
  return {};
}

}  // namespace

void declare_wait(Options& options, WaitInput& input) {
  options.option("--wait", input.wait, "SPAN", "Wait until every cluster knows the key")
      .value_is_optional(std::to_string(default_wait.count()) + "s");
}

Result<std::optional<seconds>> wait_of(const WaitInput& input) {
  if (input.wait.empty()) return std::nullopt;
  const auto span = base::parse_span(input.wait);
  if (!span)
    return usage_failure("--wait wants a span such as 30s or 2m, not " + in_quotes(input.wait));
  return span;
}

Result<Readiness> check_readiness(Session& session, const std::string& api_key_id) {
  auto answer = TRY(exchange(session, CheckApiKeyPropagation{.api_key_id = api_key_id}));
  Readiness readiness{.propagation = std::move(answer.value)};
  TRY(cut_to_region(readiness.propagation, session.region()));
  for (const auto& [host, is_known] : readiness.propagation.clusters)
    if (!is_known) readiness.lagging.push_back(escaped(host));
  return readiness;
}

Result<Readiness> await_readiness(Session& session, const std::string& api_key_id, seconds span) {
  auto readiness = ask_until(
      session, span,
      [&]() -> Result<Readiness> {
        auto now = TRY(check_readiness(session, api_key_id));
        const std::size_t all = now.propagation.clusters.size();
        session.messages().progress("known in " + std::to_string(all - now.lagging.size()) +
                                    " of " + counted(all, "cluster") +
                                    (now.lagging.empty() ? "" : ", waiting for ") +
                                    listed(now.lagging, ""));
        return now;
      },
      [](const Readiness& now) { return now.is_complete(); });
  session.messages().progress("");
  return readiness;
}

Result<Verdict> verify_secret(Session& session, const Secret& secret,
                              const std::string& api_key_id) {
  const auto answer = exchange(session, GetInferenceApiKeyInfo{.api_key = secret});
  if (!answer) {
    const Error& error = answer.error();
    const bool is_refused =
        error.outcome == Outcome::refused &&
        (error.http_status == 400 || error.http_status == 401 || error.http_status == 403);
    if (!is_refused) return std::unexpected{answer.error()};
    return Verdict{.may_change = true,
                   .words = "refused (HTTP " + std::to_string(error.http_status) + ")"};
  }
  const InferenceApiKeyInfo& info = answer->value;
  if (!api_key_id.empty() && info.api_key_id != api_key_id)
    return Verdict{.words = "the secret of another key, " + escaped(info.api_key_id)};
  if (info.team_blocked) return Verdict{.words = "blocked: xAI stopped the team"};
  if (info.api_key_blocked) return Verdict{.words = "blocked by xAI"};
  if (info.api_key_disabled) return Verdict{.words = "disabled"};
  return Verdict{.is_live = true, .words = "live"};
}

Result<Verdict> await_live(Session& session, const Secret& secret, const std::string& api_key_id,
                           seconds span) {
  auto verdict = ask_until(
      session, span,
      [&]() -> Result<Verdict> {
        session.messages().progress("using the new secret");
        return verify_secret(session, secret, api_key_id);
      },
      [](const Verdict& now) { return !now.may_change; });
  session.messages().progress("");
  return verdict;
}

}  // namespace xai::cli
