#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emulator/team_billing.h"
#include "xai/management/api_keys.h"
#include "xai/management/management_keys.h"

namespace xai::emulator {

/// Whether a team can pay, and if not, which of its sentences the service has for that.
enum class Credit : std::uint8_t {
  enough,
  used_up,          ///< Credits are gone, or the monthly limit is reached.
  never_had,        ///< A new team that has bought nothing yet.
  no_subscription,  ///< Credits are gone, or a subscription is missing.
};

/// A team and what it may use.
struct Team {
  std::string team_id{};
  std::string models{};     ///< The answer to listTeamModels, JSON, given back as it is.
  std::string endpoints{};  ///< The answer to listPossibleEndpointAcls, likewise.
  bool blocked{};
  Credit credit{};
  TeamBilling billing{};
  std::vector<std::string> clusters{};  ///< Named in `models`, in their order.
};

struct StoredManagementKey {
  management::Secret secret{};
  management::ManagementKey key{};
};

struct StoredApiKey {
  management::ApiKey key{};  ///< Its `api_key` is empty: the secret stands beside it.
  management::Secret secret{};
  std::string modified_by{};
  bool blocked{};
  management::Timestamp secret_time{};  ///< When this secret was made; clusters hear of it later.
};

/// A key of a seed, which may be gone already.
struct SeededApiKey : StoredApiKey {
  std::optional<std::chrono::seconds> created_ago{};  ///< Takes the place of its creation time.
  std::optional<std::chrono::seconds> deleted_ago{};  ///< Takes the place of `delete_time`.
  std::optional<management::Timestamp> delete_time{};
};

/// A stretch of time in which a key was as it is described here, and could be used.
struct KeyPeriod {
  std::string api_key_id{};
  std::string name{};  ///< The one it has now, or had last.
  std::string redacted_api_key{};
  std::vector<management::Acl> acls{};
  management::Timestamp create_time{};  ///< Of the key.
  management::Timestamp start{};
  management::Timestamp end{};  ///< The first time that no longer belongs to it.
};

/// A secret that is or was some key's.
struct SecretRecord {
  std::string api_key_id{};
  management::Secret secret{};
  management::Timestamp secret_time{};                 ///< When it was made.
  std::optional<management::Timestamp> works_until{};  ///< None: for good.
};

/// One change that really happened.
struct Commit {
  std::int64_t sequence{};
  management::Timestamp time{};
  std::string operation{};
  std::string api_key_id{};
  std::string name{};
};

/// One entry of a team's audit log.
struct StoredAuditEvent {
  std::int64_t sequence{};
  management::Timestamp time{};
  std::string event_id{};
  std::string description{};
  std::string user_id{};
};

/// A state to begin with. What is left empty in it is made up when it is planted.
struct Seed {
  std::vector<Team> teams{};
  std::vector<StoredManagementKey> management_keys{};
  std::vector<SeededApiKey> api_keys{};
};

}  // namespace xai::emulator
