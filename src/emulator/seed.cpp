#include "emulator/seed.h"

#include <chrono>
#include <utility>

#include "base/time_text.h"
#include "base/try.h"
#include "emulator/default_seed_json.h"
#include "emulator/errors.h"
#include "emulator/limits.h"
#include "emulator/strict.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/rows.h"

namespace xai::emulator {

using management::ApiKey;
using management::ManagementKey;
using management::Result;
using management::Secret;
using management::Timestamp;

namespace {

/// The documents are given back word for word; this only makes sure that a client can read them.
template <class Response>
Result<std::string> document_member(json::Value value, std::string_view name) {
  const json::Value document = value.find(name);
  if (document.is_null()) return std::string{};
  if (auto response = wire::decode<Response>(document); !response)
    return std::unexpected(inside(name, std::move(response).error()));
  return json::to_text(document);
}

/// Refuses members that say the same in two ways.
Result<void> only_one_of(json::Value value, std::string_view one, std::string_view other) {
  if (value.find(one).is_null() || value.find(other).is_null()) return {};
  return std::unexpected(errors::invalid_argument("give either `" + std::string{one} + "` or `" +
                                                  std::string{other} + "`"));
}

Result<Team> read_team(json::Value value) {
  TRY(only_members(value, {"teamId", "blocked", "outOfCredit", "creditStatus", "models",
                           "endpoints", "prepaid", "invoices", "spendingLimits", "paymentMethods",
                           "billingInfo", "enforceCredit", "defaultCredits"}));
  Team team;
  team.team_id = TRY(string_member(value, "teamId"));
  if (!team.team_id.empty() && !is_uuid(team.team_id))
    return std::unexpected(errors::invalid_argument("`teamId` should be a UUID"));
  team.blocked = TRY(boolean_member(value, "blocked", false));
  team.credit = TRY(credit_member(value, Credit::enough));
  team.billing = TRY(read_team_billing(value));
  team.models = TRY(document_member<management::ListTeamModelsResponse>(value, "models"));
  team.endpoints =
      TRY(document_member<management::ListPossibleEndpointAclsResponse>(value, "endpoints"));
  return team;
}

Result<StoredManagementKey> read_management_key(json::Value value) {
  TRY(only_members(value,
                   {"apiKey", "apiKeyId", "teamId", "scope", "scopeId", "ownerUserId", "createTime",
                    "modifyTime", "name", "acls", "redactedApiKey", "ipRanges"}));
  StoredManagementKey stored;
  stored.secret = Secret{TRY(string_member(value, "apiKey"))};
  stored.key = TRY(wire::decode<ManagementKey>(value));
  return stored;
}

Result<std::optional<std::chrono::seconds>> ago_member(json::Value value, std::string_view name) {
  if (value.find(name).is_null()) return std::nullopt;
  return TRY(span_member(value, name, {}));
}

Result<SeededApiKey> read_api_key(json::Value value) {
  TRY(only_members(
      value, {"apiKey", "apiKeyId", "teamId", "userId", "modifiedBy", "name", "aclStrings",
              "createTime", "modifyTime", "expireTime", "qps", "qpm", "tpm", "disabled", "blocked",
              "redactedApiKey", "createdAgo", "deletedAgo", "deleteTime"}));
  TRY(only_one_of(value, "createTime", "createdAgo"));
  TRY(only_one_of(value, "deleteTime", "deletedAgo"));
  SeededApiKey stored;
  stored.created_ago = TRY(ago_member(value, "createdAgo"));
  stored.deleted_ago = TRY(ago_member(value, "deletedAgo"));
  if (const json::Value time = value.find("deleteTime"); !time.is_null()) {
    stored.delete_time = base::parse_rfc3339(time.text());
    if (!stored.delete_time)
      return std::unexpected(errors::invalid_argument("`deleteTime` should be an RFC 3339 time"));
  }
  stored.secret = Secret{TRY(string_member(value, "apiKey"))};
  stored.modified_by = TRY(string_member(value, "modifiedBy"));
  stored.blocked = TRY(boolean_member(value, "blocked", false));
  stored.key = TRY(wire::decode<ApiKey>(value));
  stored.key.api_key.reset();
  if (stored.key.name.empty())
    return std::unexpected(errors::invalid_argument("`name` should not be empty"));
  return stored;
}

template <class Item>
Result<std::vector<Item>> read_list(json::Value root, std::string_view name,
                                    Result<Item> (*read)(json::Value)) {
  std::vector<Item> items;
  const json::Value list = root.find(name);
  if (!list.is_array() && !list.is_null())
    return std::unexpected(
        errors::invalid_argument("`" + std::string{name} + "` should be an array"));
  for (const json::Value& value : list.items()) {
    auto item = read(value);
    if (!item)
      return std::unexpected(inside(std::string{name} + "[" + std::to_string(items.size()) + "]",
                                    std::move(item).error()));
    items.push_back(*std::move(item));
  }
  return items;
}

void complete_team(Team& team, Identifiers& identifiers, Timestamp now) {
  if (team.team_id.empty()) team.team_id = identifiers.uuid();
  if (team.models.empty() || team.endpoints.empty()) {
    const Seed documented = default_seed();
    if (team.models.empty()) team.models = documented.teams.front().models;
    if (team.endpoints.empty()) team.endpoints = documented.teams.front().endpoints;
  }
  team.clusters = cluster_names(team.models);
  complete(team.billing, now);
}

void complete_management_key(StoredManagementKey& stored, const std::string& team_id,
                             Identifiers& identifiers, Timestamp now) {
  ManagementKey& key = stored.key;
  if (stored.secret.empty())
    stored.secret = identifiers.secret(limits::management_prefix, limits::secret_letters);
  if (key.scope.empty()) key.scope = "SCOPE_TEAM";
  const bool is_of_team = key.scope == "SCOPE_TEAM";
  if (key.team_id.empty() && is_of_team)
    key.team_id = key.scope_id.empty() ? team_id : key.scope_id;
  if (key.scope_id.empty()) key.scope_id = is_of_team ? key.team_id : identifiers.uuid();
  if (key.api_key_id.empty()) key.api_key_id = identifiers.uuid();
  if (key.owner_user_id.empty()) key.owner_user_id = identifiers.uuid();
  if (!key.create_time) key.create_time = now;
  if (!key.modify_time) key.modify_time = key.create_time;
  if (key.redacted_api_key.empty()) key.redacted_api_key = redact(stored.secret);
}

void complete_api_key(SeededApiKey& stored, const std::string& team_id, Identifiers& identifiers,
                      Timestamp now) {
  ApiKey& key = stored.key;
  if (stored.created_ago) key.create_time = now - *stored.created_ago;
  if (stored.deleted_ago) stored.delete_time = now - *stored.deleted_ago;
  // Nobody can use the secret of a key that is gone, but no two keys may have the same one.
  if (stored.secret.empty() && stored.delete_time && !key.api_key_id.empty())
    stored.secret = Secret{"xai-gone-" + key.api_key_id};
  if (stored.secret.empty())
    stored.secret = identifiers.secret(limits::inference_prefix, limits::secret_letters);
  if (key.team_id.empty()) key.team_id = team_id;
  if (key.api_key_id.empty()) key.api_key_id = identifiers.uuid();
  if (key.user_id.empty()) key.user_id = identifiers.uuid();
  if (stored.modified_by.empty()) stored.modified_by = key.user_id;
  if (!key.create_time) key.create_time = now;
  if (!key.modify_time) key.modify_time = key.create_time;
  stored.secret_time = *key.modify_time;
}

}  // namespace

Result<Seed> parse_seed(std::string text) {
  const auto document = TRY(json::Document::parse(std::move(text)));
  const json::Value root = document.root();
  TRY(only_members(root, {"teams", "managementKeys", "apiKeys"}));
  Seed seed;
  seed.teams = TRY(read_list<Team>(root, "teams", read_team));
  seed.management_keys =
      TRY(read_list<StoredManagementKey>(root, "managementKeys", read_management_key));
  seed.api_keys = TRY(read_list<SeededApiKey>(root, "apiKeys", read_api_key));
  return seed;
}

Seed default_seed() {
  // It is compiled in, and a test parses it.
  return parse_seed(default_seed_json).value_or(Seed{});
}

void complete(Seed& seed, Identifiers& identifiers, Timestamp now) {
  if (seed.teams.empty()) seed.teams.emplace_back();
  for (Team& team : seed.teams) complete_team(team, identifiers, now);
  const std::string& team_id = seed.teams.front().team_id;
  for (StoredManagementKey& key : seed.management_keys)
    complete_management_key(key, team_id, identifiers, now);
  for (SeededApiKey& key : seed.api_keys) complete_api_key(key, team_id, identifiers, now);
}

StoredManagementKey new_management_key(Secret secret, std::string team_id) {
  ManagementKey key{
      .team_id = std::move(team_id), .name = "emulator", .acls = {"team-token:endpoint:*"}};
  return {.secret = std::move(secret), .key = std::move(key)};
}

std::vector<std::string> cluster_names(std::string_view models) {
  std::vector<std::string> names;
  const auto document = json::Document::parse(std::string{models});
  if (!document) return names;
  const auto response = wire::decode<management::ListTeamModelsResponse>(document->root());
  if (!response) return names;
  for (const auto& cluster : response->cluster_configs) names.push_back(cluster.cluster_name);
  return names;
}

}  // namespace xai::emulator
