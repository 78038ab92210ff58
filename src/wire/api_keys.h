#pragma once

#include "wire/table.h"
#include "xai/management/api_keys.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::ApiKey> = table(
    field("redactedApiKey", &management::ApiKey::redacted_api_key),
    field("apiKey", &management::ApiKey::api_key), field("userId", &management::ApiKey::user_id),
    field("name", &management::ApiKey::name), field("createTime", &management::ApiKey::create_time),
    field("modifyTime", &management::ApiKey::modify_time),
    field("teamId", &management::ApiKey::team_id),
    field("apiKeyId", &management::ApiKey::api_key_id),
    field("disabled", &management::ApiKey::disabled),
    field("expireTime", &management::ApiKey::expire_time), field("qps", &management::ApiKey::qps),
    field("qpm", &management::ApiKey::qpm), field("tpm", &management::ApiKey::tpm),
    field("aclStrings", &management::ApiKey::acls, "acls"));

template <>
inline constexpr auto row<management::CreateApiKey> = operation(
    Method::post, "/auth/teams/{teamId}/api-keys", RetryClass::if_refused, "CreateApiKey",
    path("teamId", &management::CreateApiKey::team_id),
    body("name", &management::CreateApiKey::name), body("acls", &management::CreateApiKey::acls),
    body("qps", &management::CreateApiKey::qps), body("qpm", &management::CreateApiKey::qpm),
    body("tpm", &management::CreateApiKey::tpm),
    body("expireTime", &management::CreateApiKey::expire_time));

template <>
inline constexpr auto minted<management::CreateApiKey> = &management::ApiKey::api_key;

template <>
inline constexpr auto fields<management::ListApiKeysResponse> =
    table(field("apiKeys", &management::ListApiKeysResponse::api_keys),
          field("paginationToken", &management::ListApiKeysResponse::pagination_token));

template <>
inline constexpr auto row<management::ListApiKeys> =
    operation(Method::get, "/auth/teams/{teamId}/api-keys", RetryClass::freely, "ListApiKeys",
              path("teamId", &management::ListApiKeys::team_id),
              query("pageSize", &management::ListApiKeys::page_size),
              query("paginationToken", &management::ListApiKeys::pagination_token),
              query("aclFilters", &management::ListApiKeys::acl_filters),
              query("activeOnly", &management::ListApiKeys::active_only));

template <>
inline constexpr auto paging<management::ListApiKeys> =
    Paging{&management::ListApiKeys::page_size, &management::ListApiKeys::pagination_token,
           &management::ListApiKeysResponse::pagination_token,
           &management::ListApiKeysResponse::api_keys, &management::ApiKey::api_key_id};

template <>
inline constexpr auto fields<management::ApiKeyValues> = table(
    field("name", &management::ApiKeyValues::name),
    field("disabled", &management::ApiKeyValues::disabled),
    field("expireTime", &management::ApiKeyValues::expire_time),
    field("qps", &management::ApiKeyValues::qps), field("qpm", &management::ApiKeyValues::qpm),
    field("tpm", &management::ApiKeyValues::tpm),
    field("aclStrings", &management::ApiKeyValues::acls, "acls"));

template <>
inline constexpr auto row<management::UpdateApiKey> =
    operation(Method::put, "/auth/api-keys/{apiKeyId}", RetryClass::after_read_back, "UpdateApiKey",
              path("apiKeyId", &management::UpdateApiKey::api_key_id),
              body("apiKey", &management::UpdateApiKey::api_key),
              body("fieldMask", &management::UpdateApiKey::field_mask));

template <>
inline constexpr ReadBack read_back<management::UpdateApiKey>{.list = management::ListApiKeys::id,
                                                              .items = "apiKeys",
                                                              .key = "apiKeyId",
                                                              .values = "apiKey",
                                                              .mask = "fieldMask"};

template <>
inline constexpr auto row<management::RotateApiKey> =
    operation(Method::post, "/auth/api-keys/{apiKeyId}/rotate", RetryClass::if_not_sent,
              "RotateApiKey", path("apiKeyId", &management::RotateApiKey::api_key_id),
              body("expireTime", &management::RotateApiKey::expire_time),
              body("oldSecretExpireTime", &management::RotateApiKey::old_secret_expire_time));

template <>
inline constexpr auto minted<management::RotateApiKey> = &management::ApiKey::api_key;

template <>
inline constexpr auto fields<management::DeleteApiKeyResponse> = table();

template <>
inline constexpr auto row<management::DeleteApiKey> =
    operation(Method::delete_, "/auth/api-keys/{apiKeyId}", RetryClass::after_read_back,
              "DeleteApiKey", path("apiKeyId", &management::DeleteApiKey::api_key_id));

// The list says less than the propagation does: it may lag behind, and shows a member who is no
// admin only some keys.
template <>
inline constexpr ReadBack read_back<management::DeleteApiKey>{
    .list = management::ListApiKeys::id,
    .items = "apiKeys",
    .key = "apiKeyId",
    .probe = management::CheckApiKeyPropagation::id};

template <>
inline constexpr auto fields<management::ApiKeyPropagation> =
    table(field("icPropagation", &management::ApiKeyPropagation::clusters));

template <>
inline constexpr auto row<management::CheckApiKeyPropagation> = operation(
    Method::get, "/auth/api-keys/{apiKeyId}/propagation", RetryClass::freely,
    "CheckApiKeyPropagation", path("apiKeyId", &management::CheckApiKeyPropagation::api_key_id));

template <>
inline constexpr auto fields<management::InferenceApiKeyInfo> = table(
    field("redacted_api_key", &management::InferenceApiKeyInfo::redacted_api_key),
    field("user_id", &management::InferenceApiKeyInfo::user_id),
    field("name", &management::InferenceApiKeyInfo::name),
    field("create_time", &management::InferenceApiKeyInfo::create_time),
    field("modify_time", &management::InferenceApiKeyInfo::modify_time),
    field("modified_by", &management::InferenceApiKeyInfo::modified_by),
    field("team_id", &management::InferenceApiKeyInfo::team_id),
    field("acls", &management::InferenceApiKeyInfo::acls),
    field("api_key_id", &management::InferenceApiKeyInfo::api_key_id),
    field("team_blocked", &management::InferenceApiKeyInfo::team_blocked),
    field("api_key_blocked", &management::InferenceApiKeyInfo::api_key_blocked),
    field("api_key_disabled", &management::InferenceApiKeyInfo::api_key_disabled, "disabled"));

template <>
inline constexpr auto row<management::GetInferenceApiKeyInfo> = on_inference_host(
    operation(Method::get, "/v1/api-key", RetryClass::freely, "",
              credential("apiKey", &management::GetInferenceApiKeyInfo::api_key)));

}  // namespace xai::wire
