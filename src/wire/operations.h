#pragma once

#include "wire/api_keys.h"
#include "wire/endpoint_acls.h"
#include "wire/http_binding.h"
#include "wire/management_keys.h"
#include "wire/models.h"

namespace xai::wire {

/// Every operation there is.
using Operations =
    TypeList<management::CreateApiKey, management::ListApiKeys, management::UpdateApiKey,
             management::RotateApiKey, management::DeleteApiKey, management::CheckApiKeyPropagation,
             management::ListTeamModels, management::ListPossibleEndpointAcls,
             management::ValidateManagementKey, management::GetInferenceApiKeyInfo>;

}  // namespace xai::wire
