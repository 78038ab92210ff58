#pragma once

#include <string>

#include "client/pipeline.h"
#include "xai/management/client.h"

namespace xai::client {

/// The team of the options, else the one the management key acts for, which is asked once.
/// Errors: invalid_argument, not sent, when neither names a team; those of ValidateManagementKey.
management::Result<std::string> team_id(const management::Client& client, const Deadline& deadline);

/// Errors: invalid_argument, not sent, for an id that cannot be one segment of a path.
management::Result<void> check_team_id(const std::string& team_id);

}  // namespace xai::client
