#pragma once

#include "wire/api_keys.h"
#include "wire/audit_events.h"
#include "wire/billing_info.h"
#include "wire/endpoint_acls.h"
#include "wire/http_binding.h"
#include "wire/invoices.h"
#include "wire/management_keys.h"
#include "wire/models.h"
#include "wire/payment_methods.h"
#include "wire/prepaid.h"
#include "wire/spending_limits.h"
#include "wire/usage.h"

namespace xai::wire {

/// Every operation there is.
using Operations =
    TypeList<management::CreateApiKey, management::ListApiKeys, management::UpdateApiKey,
             management::RotateApiKey, management::DeleteApiKey, management::CheckApiKeyPropagation,
             management::ListTeamModels, management::ListPossibleEndpointAcls,
             management::ValidateManagementKey, management::GetInferenceApiKeyInfo,
             management::GetPrepaidBalance, management::PreviewPostpaidInvoice,
             management::ListInvoices, management::GetSpendingLimits,
             management::ListPaymentMethods, management::GetBillingInfo, management::AnalyzeUsage,
             management::ListAuditEvents>;

}  // namespace xai::wire
