#include <algorithm>
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

HttpResponse look_up(Call& call, const GetInferenceApiKeyInfo& operation) {
  const Store& store = *call.state.store;
  // Differs: at the service a region that is none has no address to connect to.
  if (!call.cluster.empty() && !is_cluster(store, call.cluster))
    return errors::unknown_region(call.cluster);
  if (operation.api_key.empty()) return errors::no_api_key();
  auto found = call.state.store->api_key_with(operation.api_key, call.now);
  if (!found) return errors::to_response(errors::internal(found.error().message));
  const std::optional<StoredApiKey> stored = *std::move(found);
  if (!stored || !is_known_in(call.state, *stored, stored->secret_time, call.cluster))
    return errors::incorrect_api_key();
  const auto& key = stored->key;
  if (key.expire_time && *key.expire_time <= call.now) return errors::expired_api_key();
  return reply(call, operation, info_of(*stored, store.team(key.team_id)));
}

}  // namespace

template <>
Result<HttpResponse> answer(Call& call, const GetInferenceApiKeyInfo& operation) {
  HttpResponse response = look_up(call, operation);
  // Only what is or was a key's secret is counted, so that guesses fill no memory.
  if (call.state.store->knows_secret(operation.api_key).value_or(false)) {
    SecretUse& use = call.state.secret_uses[sha256(operation.api_key)];
    ++(response.status == 200 ? use.accepted : use.refused);
  }
  return response;
}

}  // namespace xai::emulator::routes
