#pragma once

#include "workflows/call.h"
#include "xai/management/grants.h"

namespace xai::workflows {

/// `management::check_grants` as a part of a larger call.
management::Result<management::Grants> check_grants(const Call& call, management::Grants grants);

}  // namespace xai::workflows
