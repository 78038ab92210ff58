#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xai::management {

/// A grant that the team may put on an API key.
struct EndpointAcl {
  std::string acl{};  ///< `namespace:key:value`, as it goes into `CreateApiKey::acls`.
  std::string description{};
  std::string name_space{};
  std::string key{};
  std::string value{};
};

struct ListPossibleEndpointAclsResponse {
  std::vector<EndpointAcl> acls{};
};

/// GET /auth/teams/{teamId}/endpoints. The list is the team's own and grows. Sent again freely.
/// Errors: permission_denied, not_found.
/// Source: Management API, Accounts and Authorization.
struct ListPossibleEndpointAcls {
  using Response = ListPossibleEndpointAclsResponse;
  static constexpr std::string_view id{"listPossibleEndpointAcls"};
  std::string team_id{};
};

}  // namespace xai::management
