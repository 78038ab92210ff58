#pragma once

#include "wire/table.h"
#include "xai/management/endpoint_acls.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::EndpointAcl> = table(
    field("acl", &management::EndpointAcl::acl),
    field("description", &management::EndpointAcl::description),
    field("namespace", &management::EndpointAcl::name_space),
    field("key", &management::EndpointAcl::key), field("value", &management::EndpointAcl::value));

template <>
inline constexpr auto fields<management::ListPossibleEndpointAclsResponse> =
    table(field("acls", &management::ListPossibleEndpointAclsResponse::acls));

template <>
inline constexpr auto row<management::ListPossibleEndpointAcls> = operation(
    Method::get, "/auth/teams/{teamId}/endpoints", RetryClass::freely, "ListPossibleEndpointAcls",
    path("teamId", &management::ListPossibleEndpointAcls::team_id));

}  // namespace xai::wire
