#pragma once

#include <string>
#include <vector>

#include "xai/management/account.h"
#include "xai/management/acl.h"
#include "xai/management/call_options.h"

namespace xai::management {

/// What a key may use. It can call something only with a model and an endpoint.
struct Grants {
  std::vector<std::string> models{};     ///< Canonical names or, before `check_grants`, aliases.
  std::vector<std::string> endpoints{};  ///< Such as `chat`.
  bool all_models{};                     ///< Later ones too.
  bool all_endpoints{};                  ///< Later ones too.

  [[nodiscard]] bool has_models() const { return all_models || !models.empty(); }
  [[nodiscard]] bool has_endpoints() const { return all_endpoints || !endpoints.empty(); }
};

/// The grants as the service writes them, each once.
std::vector<Acl> acls_of(const Grants& grants);

/// The grants with aliases made canonical, once the team is known to have each of them. A look-up
/// that the management key is not allowed is left out, with a warning.
/// Events: AliasResolved, Warning. Errors: failed_precondition, reason unknown_model or
/// unknown_endpoint with the closest names in `next`, or unknown_region; those of ListTeamModels
/// and ListPossibleEndpointAcls. Source: Management API, Accounts and Authorization.
Result<Grants> check_grants(const Account& account, Grants grants, const CallOptions& options = {});

}  // namespace xai::management
