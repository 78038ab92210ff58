#include <algorithm>
#include <optional>
#include <utility>

#include "emulator/errors.h"
#include "emulator/identifiers.h"
#include "emulator/routes/routes.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::emulator::routes {

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

HttpResponse look_up(State& state, const HttpRequest& request, std::string_view cluster) {
  // Differs: at the service a region that is none has no address to connect to.
  if (!cluster.empty() && !is_cluster(*state.store, cluster))
    return errors::unknown_region(cluster);
  if (request.credential.empty()) return errors::no_api_key();
  auto found = state.store->api_key_with(request.credential, state.clock.now());
  if (!found) return errors::to_response(errors::internal(found.error().message));
  const std::optional<StoredApiKey> stored = *std::move(found);
  if (!stored || !is_known_in(state, *stored, stored->secret_time, cluster))
    return errors::incorrect_api_key();
  const auto& key = stored->key;
  if (key.expire_time && *key.expire_time <= state.clock.now()) return errors::expired_api_key();
  HttpResponse response{.status = 200, .headers = {{"content-type", "application/json"}}};
  json::Writer writer{response.body};
  wire::encode(writer, info_of(*stored, state.store->team(key.team_id)));
  return response;
}

}  // namespace

HttpResponse get_inference_api_key_info(State& state, const HttpRequest& request,
                                        std::string_view cluster) {
  HttpResponse response = look_up(state, request, cluster);
  // Only what is or was a key's secret is counted, so that guesses fill no memory.
  if (state.store->knows_secret(request.credential).value_or(false)) {
    SecretUse& use = state.secret_uses[sha256(request.credential)];
    ++(response.status == 200 ? use.accepted : use.refused);
  }
  return response;
}

}  // namespace xai::emulator::routes
