#pragma once

#include "wire/table.h"
#include "xai/management/management_keys.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::IpAddress> =
    table(field("ipv4", &management::IpAddress::ipv4), field("ipv6", &management::IpAddress::ipv6));

template <>
inline constexpr auto fields<management::IpRange> =
    table(field("address", &management::IpRange::address),
          field("prefixLength", &management::IpRange::prefix_length));

template <>
inline constexpr auto fields<management::IpRanges> =
    table(field("ipRanges", &management::IpRanges::ip_ranges));

template <>
inline constexpr auto fields<management::ManagementKey> =
    table(field("apiKeyId", &management::ManagementKey::api_key_id),
          field("teamId", &management::ManagementKey::team_id),
          field("scope", &management::ManagementKey::scope),
          field("scopeId", &management::ManagementKey::scope_id),
          field("ownerUserId", &management::ManagementKey::owner_user_id),
          field("createTime", &management::ManagementKey::create_time),
          field("modifyTime", &management::ManagementKey::modify_time),
          field("name", &management::ManagementKey::name),
          field("acls", &management::ManagementKey::acls),
          field("redactedApiKey", &management::ManagementKey::redacted_api_key, "reactedApiKey"),
          field("ipRanges", &management::ManagementKey::ip_ranges));

template <>
inline constexpr auto row<management::ValidateManagementKey> =
    operation(Method::get, "/auth/management-keys/validation", RetryClass::freely, "");

}  // namespace xai::wire
