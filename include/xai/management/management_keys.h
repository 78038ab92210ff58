#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/timestamp.h"

namespace xai::management {

struct IpAddress {
  std::string ipv4{};
  std::string ipv6{};
};

struct IpRange {
  std::optional<IpAddress> address{};
  std::int32_t prefix_length{};  ///< Bits.
};

struct IpRanges {
  std::vector<IpRange> ip_ranges{};
};

/// The management key that made the call. Such keys are made in the web console only.
struct ManagementKey {
  std::string api_key_id{};
  std::string team_id{};   ///< May be empty for keys of an organization.
  std::string scope{};     ///< `SCOPE_TEAM`, `SCOPE_ORGANIZATION` or a later one.
  std::string scope_id{};  ///< Team or organization id, by `scope`.
  std::string owner_user_id{};
  std::optional<Timestamp> create_time{};
  std::optional<Timestamp> modify_time{};
  std::string name{};
  std::vector<std::string> acls{};  ///< Rights, `team-token:endpoint:NAME`.
  std::string redacted_api_key{};
  std::optional<IpRanges> ip_ranges{};  ///< None: usable from anywhere.

  /// The team the key acts for: `team_id`, else `scope_id` of a team scope, else empty.
  [[nodiscard]] std::string team() const;
};

/// GET /auth/management-keys/validation. Needs no right; the way to find a key's team.
/// Sent again freely.
/// Errors: unauthenticated.
/// Source: Management API, Accounts and Authorization.
struct ValidateManagementKey {
  using Response = ManagementKey;
  static constexpr std::string_view id{"validateManagementKey"};
};

}  // namespace xai::management
