#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/seed.h"

namespace xai::emulator {

using management::Result;
using management::Timestamp;

namespace {

/// A place in the seed file: `apiKeys[3]`.
struct SeedPlace {
  std::string_view list;
  std::size_t index{};

  [[nodiscard]] std::string text() const {
    return std::string{list} + "[" + std::to_string(index) + "]";
  }
};

std::unexpected<management::Error> wrong_at(const SeedPlace& place, std::string_view what) {
  return std::unexpected(errors::invalid_argument(place.text() + ": " + std::string{what}));
}

/// The values of a member that no two may have alike, and where each stands.
class UniqueMember {
 public:
  explicit UniqueMember(std::string_view name) : name_{name} {}

  Result<void> add(const SeedPlace& place, std::string value) {
    const auto [found, is_new] = places_.try_emplace(std::move(value), place.text());
    if (is_new) return {};
    return wrong_at(place, "`" + std::string{name_} + "` is that of " + found->second + " too");
  }

 private:
  std::string_view name_;
  std::map<std::string, std::string> places_{};
};

Result<void> check_team_id(const Seed& seed, const SeedPlace& place, std::string_view team_id) {
  for (const Team& team : seed.teams)
    if (team.team_id == team_id) return {};
  return wrong_at(place, "no team has the id " + std::string{team_id});
}

Result<void> check_id(const SeedPlace& place, std::string_view id) {
  if (is_uuid(id)) return {};
  return wrong_at(place, "`apiKeyId` should be a UUID");
}

Result<void> check_secret(const SeedPlace& place, const management::Secret& secret) {
  if (is_sendable(secret.reveal())) return {};
  return wrong_at(place, "`apiKey` should be visible ASCII letters without spaces");
}

Result<void> check_times(const SeedPlace& place, const SeededApiKey& stored, Timestamp now) {
  const Timestamp created = stored.key.create_time.value_or(now);
  if (stored.key.modify_time.value_or(created) < created)
    return wrong_at(place, "`modifyTime` is before the key was created");
  if (!stored.delete_time) return {};
  const std::string name = stored.deleted_ago ? "`deletedAgo`" : "`deleteTime`";
  if (*stored.delete_time < created)
    return wrong_at(place,
                    name + " is before the key was created; give `createdAgo` or `createTime`");
  if (*stored.delete_time > now) return wrong_at(place, name + " is in the future");
  return {};
}

Result<void> check_limits(const SeedPlace& place, const management::ApiKey& key) {
  const std::array<std::pair<std::string_view, std::int64_t>, 3> limits{
      {{"qps", key.qps.value_or(0)}, {"qpm", key.qpm.value_or(0)}, {"tpm", key.tpm.value_or(0)}}};
  for (const auto& [name, limit] : limits)
    if (limit < 0) return wrong_at(place, "`" + std::string{name} + "` should not be negative");
  return {};
}

Result<void> check_teams(const Seed& seed) {
  UniqueMember ids{"teamId"};
  for (SeedPlace place{.list = "teams"}; const Team& team : seed.teams) {
    TRY(ids.add(place, team.team_id));
    ++place.index;
  }
  return {};
}

Result<void> check_management_keys(const Seed& seed) {
  UniqueMember ids{"apiKeyId"};
  UniqueMember secrets{"apiKey"};
  for (SeedPlace place{.list = "managementKeys"};
       const StoredManagementKey& key : seed.management_keys) {
    if (!key.key.team().empty()) TRY(check_team_id(seed, place, key.key.team()));
    TRY(check_secret(place, key.secret));
    TRY(ids.add(place, key.key.api_key_id));
    TRY(secrets.add(place, key.secret.reveal()));
    ++place.index;
  }
  return {};
}

Result<void> check_api_keys(const Seed& seed, Timestamp now) {
  UniqueMember ids{"apiKeyId"};
  UniqueMember secrets{"apiKey"};
  for (SeedPlace place{.list = "apiKeys"}; const SeededApiKey& key : seed.api_keys) {
    TRY(check_team_id(seed, place, key.key.team_id));
    TRY(check_id(place, key.key.api_key_id));
    TRY(check_secret(place, key.secret));
    TRY(check_times(place, key, now));
    TRY(check_limits(place, key.key));
    TRY(ids.add(place, key.key.api_key_id));
    TRY(secrets.add(place, key.secret.reveal()));
    ++place.index;
  }
  return {};
}

}  // namespace

Result<void> check(const Seed& seed, Timestamp now) {
  TRY(check_teams(seed));
  TRY(check_management_keys(seed));
  return check_api_keys(seed, now);
}

}  // namespace xai::emulator
