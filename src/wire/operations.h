#pragma once

#include "wire/codec.h"
#include "wire/http_binding.h"
#include "wire/table.h"
#include "xai/management/api_keys.h"
#include "xai/management/audit_events.h"
#include "xai/management/billing_info.h"
#include "xai/management/endpoint_acls.h"
#include "xai/management/invoices.h"
#include "xai/management/management_keys.h"
#include "xai/management/models.h"
#include "xai/management/payment_methods.h"
#include "xai/management/prepaid.h"
#include "xai/management/spending_limits.h"
#include "xai/management/usage.h"

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
