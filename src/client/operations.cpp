// One line per operation: without it the linker names the operation.
#include "client/pages.h"
#include "client/send.h"

namespace xai::management {

template <class Operation>
Result<typename Operation::Response> Client::send(const Operation& operation) const {
  auto answer = client::exchange(*this, operation);
  if (!answer) return std::unexpected(std::move(answer).error());
  return std::move(answer->value);
}

template <class Operation>
void Pages<Operation>::advance() {
  page_.reset();
  if (finished_) return;
  auto page = client::turn_page(client_, operation_, client::deadline_of(client_), seen_tokens_);
  finished_ = (operation_.*wire::paging<Operation>.token).empty();
  if (page)
    page_.emplace(std::move(page->value));
  else
    page_.emplace(std::unexpected(std::move(page).error()));
}

template Result<ApiKey> Client::send(const CreateApiKey&) const;
template Result<ListApiKeysResponse> Client::send(const ListApiKeys&) const;
template Result<ApiKey> Client::send(const UpdateApiKey&) const;
template Result<ApiKey> Client::send(const RotateApiKey&) const;
template Result<DeleteApiKeyResponse> Client::send(const DeleteApiKey&) const;
template Result<ApiKeyPropagation> Client::send(const CheckApiKeyPropagation&) const;
template Result<ListTeamModelsResponse> Client::send(const ListTeamModels&) const;
template Result<ListPossibleEndpointAclsResponse> Client::send(
    const ListPossibleEndpointAcls&) const;
template Result<ManagementKey> Client::send(const ValidateManagementKey&) const;
template Result<InferenceApiKeyInfo> Client::send(const GetInferenceApiKeyInfo&) const;
template Result<PrepaidBalance> Client::send(const GetPrepaidBalance&) const;
template Result<PreviewPostpaidInvoiceResponse> Client::send(const PreviewPostpaidInvoice&) const;
template Result<ListInvoicesResponse> Client::send(const ListInvoices&) const;
template Result<GetSpendingLimitsResponse> Client::send(const GetSpendingLimits&) const;
template Result<ListPaymentMethodsResponse> Client::send(const ListPaymentMethods&) const;
template Result<GetBillingInfoResponse> Client::send(const GetBillingInfo&) const;
template Result<AnalyzeUsageResponse> Client::send(const AnalyzeUsage&) const;
template Result<ListAuditEventsResponse> Client::send(const ListAuditEvents&) const;

template class Pages<ListApiKeys>;
template class Pages<ListAuditEvents>;

}  // namespace xai::management
