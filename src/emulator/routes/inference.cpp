#include <algorithm>
#include <expected>
#include <optional>
#include <utility>

#include "emulator/errors.h"
#include "emulator/identifiers.h"
#include "emulator/routes/routes.h"
#include "xai/management/api_keys.h"

namespace xai::emulator::routes {

using management::GetInferenceApiKeyInfo;
using management::InferenceApiKeyInfo;

namespace {

bool is_cluster(const Store& store, std::string_view name) {
  return std::ranges::any_of(store.teams(), [&](const auto& entry) {
    return std::ranges::find(entry.second.clusters, name) != entry.second.clusters.end();
  });
}

InferenceApiKeyInfo info_of(const StoredApiKey& stored, const Team* team) {
  return {.redacted_api_key = stored.key.redacted_api_key,
          .user_id = stored.key.user_id,
          .name = stored.key.name,
          .create_time = stored.key.create_time,
          .modify_time = stored.key.modify_time,
          .modified_by = stored.modified_by,
          .team_id = stored.key.team_id,
          .acls = stored.key.acls,
          .api_key_id = stored.key.api_key_id,
          .team_blocked = team != nullptr && team->blocked,
          .api_key_blocked = stored.blocked,
          .api_key_disabled = stored.key.disabled};
}

/// The key that is shown there, or why it is refused.
std::expected<StoredApiKey, HttpResponse> admit(State& state, const Secret& api_key,
                                                std::string_view cluster) {
  Store& store = *state.store;
  const Timestamp now = state.clock.now();
  // Differs: at the service a region that is none has no address to connect to.
  if (!cluster.empty() && !is_cluster(store, cluster))
    return std::unexpected(errors::unknown_region(cluster));
  if (api_key.empty()) return std::unexpected(errors::no_api_key());
  auto found = store.api_key_with(api_key, now);
  if (!found) return std::unexpected(errors::to_response(errors::internal(found.error().message)));
  std::optional<StoredApiKey> stored = *std::move(found);
  if (!stored || !is_known_in(state, *stored, stored->secret_time, cluster))
    return std::unexpected(errors::incorrect_api_key(api_key, state.unknown_key_status));
  if (stored->key.expire_time && *stored->key.expire_time <= now)
    return std::unexpected(errors::expired_api_key());
  // Differs: whether a key of a team without credit may still be described is not known.
  const Team* team = store.team(stored->key.team_id);
  if (team != nullptr && is_out_of_credit(state, *team).value_or(false))
    return std::unexpected(errors::out_of_credit_at_inference(*team));
  return *std::move(stored);
}

}  // namespace

template <>
Result<HttpResponse> answer(Call& call, const GetInferenceApiKeyInfo& operation) {
  const auto stored = admit(call.state, operation.api_key, call.cluster);
  HttpResponse response =
      stored ? reply(call, operation, info_of(*stored, call.state.store->team(stored->key.team_id)))
             : stored.error();
  // Only what is or was a key's secret is counted, so that guesses fill no memory.
  if (call.state.store->knows_secret(operation.api_key).value_or(false)) {
    SecretUse& use = call.state.secret_uses[sha256(operation.api_key)];
    ++(response.status == 200 ? use.accepted : use.refused);
  }
  return response;
}

HttpResponse inference(State& state, const Secret& api_key, std::string_view cluster) {
  const auto stored = admit(state, api_key, cluster);
  if (!stored) return stored.error();
  if (stored->key.acls.empty() || stored->key.disabled) return errors::no_permission();
  return errors::inference_not_imitated();
}

}  // namespace xai::emulator::routes
