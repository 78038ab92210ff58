#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/emulator.h"
#include "json/document.h"
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

namespace xai::emulator::routes {

using management::Result;

/// What a handler has at hand: the caller's key has been checked, and the team of the request.
struct Call {
  State& state;
  const management::ManagementKey& caller;
  management::Timestamp now;
  std::optional<PageFault> page_fault{};
};

/// Whether the caller may act for that team.
bool reaches(const management::ManagementKey& caller, std::string_view team_id);

// The answer as a struct, or as JSON text where the struct would lose something.
Result<management::ApiKey> create_api_key(Call&, const management::CreateApiKey&);
Result<std::string> list_api_keys(Call&, const management::ListApiKeys&);
Result<management::ApiKey> update_api_key(Call&, const management::UpdateApiKey&);
Result<management::ApiKey> rotate_api_key(Call&, const management::RotateApiKey&);
Result<management::DeleteApiKeyResponse> delete_api_key(Call&, const management::DeleteApiKey&);
Result<management::ApiKeyPropagation> check_api_key_propagation(
    Call&, const management::CheckApiKeyPropagation&);
Result<std::string> list_team_models(Call&, const management::ListTeamModels&);
Result<std::string> list_possible_endpoint_acls(Call&, const management::ListPossibleEndpointAcls&);
Result<management::PrepaidBalance> get_prepaid_balance(Call&, const management::GetPrepaidBalance&);
Result<management::PreviewPostpaidInvoiceResponse> preview_postpaid_invoice(
    Call&, const management::PreviewPostpaidInvoice&);
Result<management::ListInvoicesResponse> list_invoices(Call&, const management::ListInvoices&);
Result<management::GetSpendingLimitsResponse> get_spending_limits(
    Call&, const management::GetSpendingLimits&);
Result<management::ListPaymentMethodsResponse> list_payment_methods(
    Call&, const management::ListPaymentMethods&);
Result<management::GetBillingInfoResponse> get_billing_info(Call&,
                                                            const management::GetBillingInfo&);
Result<management::AnalyzeUsageResponse> analyze_usage(Call&, const management::AnalyzeUsage&);
Result<management::ListAuditEventsResponse> list_audit_events(Call&,
                                                              const management::ListAuditEvents&);
Result<std::string> validate_management_key(Call&, const management::ValidateManagementKey&);

/// Whether the team may not go on: it was told so, or its seed lets its books tell.
Result<bool> is_out_of_credit(State& state, const Team& team);

/// Whether `cluster` of the key's team has heard by now of what happened to it at `since`;
/// empty is all clusters.
bool is_known_in(const State& state, const StoredApiKey& stored, management::Timestamp since,
                 std::string_view cluster);

/// GET /v1/api-key at one cluster, or at the host that stands for all of them when empty.
HttpResponse get_inference_api_key_info(State& state, const HttpRequest& request,
                                        std::string_view cluster);

/// The body of a request to what is below `/_emulator/`; an empty one is an empty object, as
/// everywhere. Errors: invalid_argument.
Result<json::Document> read_control_body(const HttpRequest& request);

/// POST /_emulator/state.
Result<std::string> set_state(State& state, const HttpRequest& request);

/// GET /_emulator/secrets: every secret that is or was some key's, without showing it.
Result<std::string> list_secrets(State& state, const HttpRequest& request);

/// Everything below `/_emulator/` but the clusters.
HttpResponse control(State& state, const HttpRequest& request, std::string_view path);

}  // namespace xai::emulator::routes
