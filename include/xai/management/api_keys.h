#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/acl.h"
#include "xai/management/field_mask.h"
#include "xai/management/secret.h"
#include "xai/management/timestamp.h"

namespace xai::management {

/// An inference API key of a team.
struct ApiKey {
  std::string redacted_api_key{};   ///< Shortened secret, such as `xai-...oYZ4`.
  std::optional<Secret> api_key{};  ///< The secret; only in the answers to create and rotate.
  std::string user_id{};            ///< Who made the key.
  std::string name{};
  std::optional<Timestamp> create_time{};
  std::optional<Timestamp> modify_time{};
  std::string team_id{};
  std::string api_key_id{};                ///< Stays the same when the secret is rotated.
  bool disabled{};                         ///< Switched off by a user.
  std::optional<Timestamp> expire_time{};  ///< From then on the key is refused, but still listed.
  std::optional<std::int32_t> qps{};       ///< Queries per second; none is no limit of its own.
  std::optional<std::int32_t> qpm{};       ///< Queries per minute.
  std::optional<std::int64_t> tpm{};       ///< Tokens per minute.
  std::vector<Acl> acls{};                 ///< One entry per grant; empty can call nothing.
};

/// POST /auth/teams/{teamId}/api-keys. Creates a key and answers its secret, once.
/// Sent again only when provably not sent: a repeat would make a second key. `create_api_key` also
/// repeats what was throttled, after a look.
/// Errors: invalid_argument (empty name), permission_denied, resource_exhausted.
/// Source: Management API, Accounts and Authorization.
struct CreateApiKey {
  using Response = ApiKey;
  static constexpr std::string_view id{"createApiKey"};
  std::string team_id{};
  std::string name{};       ///< Must not be empty.
  std::vector<Acl> acls{};  ///< One entry per grant; a call needs a model and an endpoint.
  std::optional<std::int32_t> qps{};
  std::optional<std::int32_t> qpm{};
  std::optional<std::int64_t> tpm{};
  std::optional<Timestamp> expire_time{};
};

struct ListApiKeysResponse {
  std::vector<ApiKey> api_keys{};  ///< One page, in the service's order.
  std::string pagination_token{};  ///< Empty on the last page.

  std::vector<ApiKey>& items() { return api_keys; }
};

/// GET /auth/teams/{teamId}/api-keys. One page of keys; `Client::pages` walks all of them.
/// Team admins see every key, other members their own. Sent again freely.
/// Errors: permission_denied, not_found (a team that is not the key's own).
/// Source: Management API, Accounts and Authorization.
struct ListApiKeys {
  using Response = ListApiKeysResponse;
  static constexpr std::string_view id{"listApiKeys"};
  std::string team_id{};
  std::optional<std::int32_t> page_size{};  ///< None: everything as one page.
  std::string pagination_token{};
  std::vector<Acl> acl_filters{};  ///< Only keys that carry these grants.
  bool active_only{};              ///< Leaves out keys whose expiry has passed.
};

/// What can be changed about a key. Unset members are left out of the request.
struct ApiKeyValues {
  std::optional<std::string> name{};
  std::optional<bool> disabled{};
  std::optional<Timestamp> expire_time{};
  std::optional<std::int32_t> qps{};
  std::optional<std::int32_t> qpm{};
  std::optional<std::int64_t> tpm{};
  std::optional<std::vector<Acl>> acls{};  ///< All grants of the key, not only new ones.
};

/// PUT /auth/api-keys/{apiKeyId}. Changes the members that `field_mask` names, and no other; one
/// that is named but has no value is cleared. Sent again after looking what is there.
/// Errors: not_found, invalid_argument (empty mask, a name that cannot be changed),
/// permission_denied.
/// Source: Management API, Accounts and Authorization.
struct UpdateApiKey {
  using Response = ApiKey;
  static constexpr std::string_view id{"updateApiKey"};
  std::string api_key_id{};
  ApiKeyValues api_key{};
  FieldMask field_mask{};

  /// The change that sets every value that is there, and clears the members named in `cleared`
  /// (`expireTime`, `qps`, `qpm`, `tpm`).
  static UpdateApiKey of(std::string api_key_id, ApiKeyValues values,
                         std::vector<std::string> cleared = {});
};

/// POST /auth/api-keys/{apiKeyId}/rotate. Gives the key a new secret, answered once, and lets the
/// old one work a while longer. Never sent again unless provably not sent: a second rotation
/// would discard the secret just made.
/// Errors: not_found, invalid_argument (an overlap of more than 7 days), permission_denied.
/// Source: Management API, Accounts and Authorization.
struct RotateApiKey {
  using Response = ApiKey;
  static constexpr std::string_view id{"rotateApiKey"};
  std::string api_key_id{};
  std::optional<Timestamp> expire_time{};  ///< Of the new secret; none inherits the old one's.
  /// When the old secret stops working: none is 24 hours from now, at most 7 days from now.
  std::optional<Timestamp> old_secret_expire_time{};
};

struct DeleteApiKeyResponse {};

/// DELETE /auth/api-keys/{apiKeyId}. Deletes a key for good.
/// Sent again after looking whether the key is still there.
/// Errors: not_found, permission_denied.
/// Source: Management API, Accounts and Authorization.
struct DeleteApiKey {
  using Response = DeleteApiKeyResponse;
  static constexpr std::string_view id{"deleteApiKey"};
  std::string api_key_id{};
};

struct ApiKeyPropagation {
  std::map<std::string, bool> clusters{};  ///< Inference host → whether the key is known there.

  /// Whether the key works everywhere: at least one cluster is named, and all have it.
  [[nodiscard]] bool complete() const;
};

/// GET /auth/api-keys/{apiKeyId}/propagation. Which clusters know the key; a slight delay after
/// a change is normal. Sent again freely.
/// Errors: not_found, permission_denied.
/// Source: Management API, Accounts and Authorization.
struct CheckApiKeyPropagation {
  using Response = ApiKeyPropagation;
  static constexpr std::string_view id{"checkApiKeyPropagation"};
  std::string api_key_id{};
};

/// An API key as the inference host sees it.
struct InferenceApiKeyInfo {
  std::string redacted_api_key{};
  std::string user_id{};
  std::string name{};
  std::optional<Timestamp> create_time{};
  std::optional<Timestamp> modify_time{};
  std::string modified_by{};
  std::string team_id{};
  std::vector<Acl> acls{};
  std::string api_key_id{};
  bool team_blocked{};      ///< Team stopped by xAI.
  bool api_key_blocked{};   ///< Key stopped by xAI.
  bool api_key_disabled{};  ///< Key switched off by a user.
};

/// GET /v1/api-key on the inference host, with the API key itself as credential. A blocked or
/// disabled key may still answer: look at the flags. Sent again freely.
/// Errors: unauthenticated, permission_denied.
/// Source: REST API reference, api-key.
struct GetInferenceApiKeyInfo {
  using Response = InferenceApiKeyInfo;
  static constexpr std::string_view id{"getInferenceApiKeyInfo"};
  Secret api_key{};
};

}  // namespace xai::management
