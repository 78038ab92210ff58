#include "workflows/readiness.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "base/try.h"
#include "workflows/ask.h"

namespace xai::workflows {

using management::ApiKeyPropagation;
using management::CheckApiKeyPropagation;
using management::Error;
using management::ErrorKind;
using management::GetInferenceApiKeyInfo;
using management::Outcome;
using management::Readiness;
using management::Reason;
using management::Result;
using management::Secret;
using management::SecretState;
using management::SecretVerdict;
using management::Timestamp;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Whether the same question may be answered a little later: after no answer, one that broke off,
/// 408, 429 or 5xx. A team without credit stays so.
bool may_pass(const Error& error) {
  if (error.reason == Reason::out_of_credit) return false;
  return error.outcome == Outcome::throttled || error.kind == ErrorKind::unavailable ||
         error.kind == ErrorKind::deadline_exceeded ||
         (error.kind == ErrorKind::internal && error.http_status != 0);
}

/// One question of a wait of which so much is left: an answer that does not come must not prolong
/// it by much.
Call part_of(const Call& call, milliseconds left) {
  constexpr milliseconds least{seconds{10}};
  milliseconds limit = std::max(left, least);
  const auto of_call = call.deadline().left();
  if (of_call && of_call->count() > 0) limit = std::min(limit, *of_call);
  return call.for_look(limit);
}

/// Asks until something final is answered or the span is over; what was answered last. What may
/// pass is waited out as well: a wait is not over because the service did not answer once.
template <class Ask, class IsFinal>
auto ask_until(const Call& call, seconds span, Ask ask, IsFinal is_final) -> decltype(ask(call)) {
  constexpr milliseconds pause_max{seconds{8}};
  const Timestamp end = call.now() + span;
  const auto left = [&] { return std::chrono::duration_cast<milliseconds>(end - call.now()); };
  milliseconds pause{seconds{1}};
  while (true) {
    auto answer = ask(part_of(call, left()));
    const bool is_last = answer ? is_final(*answer) : !may_pass(answer.error());
    if (is_last || call.is_cancelled() || left().count() <= 0 || !call.deadline().left())
      return answer;
    milliseconds wanted = pause;
    if (!answer)
      wanted = std::max(wanted, milliseconds{answer.error().retry_after.value_or(seconds{0})});
    call.pause(std::min(wanted, left()));
    if (call.is_cancelled()) return answer;
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
  for (const auto& [host, is_known] : propagation.clusters) known.push_back(host);
  std::erase_if(propagation.clusters,
                [&](const auto& entry) { return !is_of_region(entry.first, region); });
  if (!propagation.clusters.empty()) return {};
  return std::unexpected(
      Error{.kind = ErrorKind::failed_precondition,
            .outcome = Outcome::refused,
            .reason = Reason::unknown_region,
            .message = "the key has no cluster in the region " + base::in_quotes(region),
            .next = "the clusters are " + base::listed_words(known)});
}

SecretState state_of(const management::InferenceApiKeyInfo& info, const std::string& api_key_id) {
  if (!api_key_id.empty() && info.api_key_id != api_key_id) return SecretState::other_key;
  if (info.team_blocked) return SecretState::team_blocked;
  if (info.api_key_blocked) return SecretState::key_blocked;
  return info.api_key_disabled ? SecretState::disabled : SecretState::live;
}

}  // namespace

Result<Readiness> check_readiness(const Call& call, const std::string& api_key_id) {
  auto answer = TRY(ask(call, CheckApiKeyPropagation{.api_key_id = api_key_id}));
  Readiness readiness{.propagation = std::move(answer.value)};
  TRY(cut_to_region(readiness.propagation, call.region()));
  for (const auto& [host, is_known] : readiness.propagation.clusters)
    if (!is_known) readiness.lagging.push_back(host);
  return readiness;
}

Result<Readiness> wait_until_ready(const Call& call, const std::string& api_key_id, seconds span) {
  const auto ask = [&](const Call& part) -> Result<Readiness> {
    auto readiness = TRY(check_readiness(part, api_key_id));
    const std::size_t all = readiness.propagation.clusters.size();
    call.tell(management::ClustersAsked{
        .known = all - readiness.lagging.size(), .all = all, .lagging = readiness.lagging});
    return readiness;
  };
  return ask_until(call, span, ask, [](const Readiness& now) { return now.is_complete(); });
}

Result<SecretVerdict> verify_secret(const Call& call, const Secret& secret,
                                    const std::string& api_key_id) {
  const auto answer = ask(call, GetInferenceApiKeyInfo{.api_key = secret});
  if (answer) {
    const SecretState state = state_of(answer->value, api_key_id);
    return SecretVerdict{
        .state = state,
        .api_key_id = state == SecretState::other_key ? answer->value.api_key_id : std::string{}};
  }
  const Error& error = answer.error();
  if (error.reason == Reason::unknown_api_key)
    return SecretVerdict{.state = SecretState::not_known, .http_status = error.http_status};
  // Without a code it may be the page of a proxy, which knows nothing of the secret.
  const bool is_foreign = error.reason == Reason::foreign_answer && error.service_code.empty();
  const bool is_refused = error.outcome == Outcome::refused && !is_foreign &&
                          error.reason != Reason::out_of_credit &&
                          (error.http_status == 400 || error.http_status == 403);
  if (!is_refused) return std::unexpected(error);
  return SecretVerdict{.state = SecretState::refused, .http_status = error.http_status};
}

Result<SecretVerdict> wait_until_live(const Call& call, const Secret& secret,
                                      const std::string& api_key_id, seconds span) {
  const auto ask = [&](const Call& part) -> Result<SecretVerdict> {
    call.tell(management::SecretTried{});
    return verify_secret(part, secret, api_key_id);
  };
  return ask_until(call, span, ask,
                   [](const SecretVerdict& now) { return now.state != SecretState::not_known; });
}

}  // namespace xai::workflows

namespace xai::management {

using workflows::Call;

std::string_view name_of(SecretState state) {
  switch (state) {
    case SecretState::live:
      return "live";
    case SecretState::not_known:
      return "not_known";
    case SecretState::refused:
      return "refused";
    case SecretState::other_key:
      return "other_key";
    case SecretState::team_blocked:
      return "team_blocked";
    case SecretState::key_blocked:
      return "key_blocked";
    case SecretState::disabled:
      return "disabled";
  }
  return {};
}

Result<Readiness> check_readiness(const Account& account, const std::string& api_key_id,
                                  const CallOptions& options) {
  return workflows::check_readiness(Call{account, options}, api_key_id);
}

Result<Readiness> wait_until_ready(const Account& account, const std::string& api_key_id,
                                   std::chrono::seconds span, const CallOptions& options) {
  return workflows::wait_until_ready(Call{account, options}, api_key_id, span);
}

Result<SecretVerdict> verify_secret(const Account& account, const Secret& secret,
                                    const std::string& api_key_id, const CallOptions& options) {
  return workflows::verify_secret(Call{account, options}, secret, api_key_id);
}

Result<SecretVerdict> wait_until_live(const Account& account, const Secret& secret,
                                      const std::string& api_key_id, std::chrono::seconds span,
                                      const CallOptions& options) {
  return workflows::wait_until_live(Call{account, options}, secret, api_key_id, span);
}

}  // namespace xai::management
