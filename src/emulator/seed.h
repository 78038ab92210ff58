#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "emulator/identifiers.h"
#include "emulator/records.h"
#include "xai/management/result.h"

namespace xai::emulator {

/// Reads a seed file. Errors: malformed_response, naming the member that does not fit.
management::Result<Seed> parse_seed(std::string text);

/// One team, with the documented models and endpoints and some more for trying.
Seed default_seed();

/// Fills what a seed leaves empty: ids, secrets, times, the team that keys belong to.
void complete(Seed& seed, Identifiers& identifiers, management::Timestamp now);

/// Whether a completed seed can be: no two of what has to be unique, no key of a team that is not
/// there, no value that the service would refuse. Errors: invalid_argument, naming the place.
management::Result<void> check(const Seed& seed, management::Timestamp now);

/// A key with every right in that team.
StoredManagementKey new_management_key(management::Secret secret, std::string team_id);

/// The clusters that a listTeamModels document speaks of, in its order.
std::vector<std::string> cluster_names(std::string_view models);

}  // namespace xai::emulator
