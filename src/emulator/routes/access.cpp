#include "emulator/errors.h"
#include "emulator/routes/routes.h"
#include "xai/management/endpoint_acls.h"
#include "xai/management/models.h"

namespace xai::emulator::routes {

using management::ListPossibleEndpointAcls;
using management::ListTeamModels;
using management::ManagementKey;

bool reaches(const ManagementKey& caller, std::string_view team_id) {
  // Differs: all teams of the emulator are of one organization.
  return caller.scope == "SCOPE_ORGANIZATION" || caller.team() == team_id;
}

template <>
Result<HttpResponse> answer(Call& call, const ListTeamModels& operation) {
  const Team* team = call.state.store->team(operation.team_id);
  if (team == nullptr) return std::unexpected(errors::team_not_found());
  return reply(team->models);
}

template <>
Result<HttpResponse> answer(Call& call, const ListPossibleEndpointAcls& operation) {
  const Team* team = call.state.store->team(operation.team_id);
  if (team == nullptr) return std::unexpected(errors::team_not_found());
  return reply(team->endpoints);
}

}  // namespace xai::emulator::routes
