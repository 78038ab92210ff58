#include "emulator/not_imitated.h"

#include <algorithm>
#include <array>

#include "wire/http_binding.h"

namespace xai::emulator {

using management::Method;

namespace {

constexpr std::string_view billing_info_path = "/v1/billing/teams/{teamId}/billing-info";
constexpr std::string_view default_method_path =
    "/v1/billing/teams/{teamId}/payment-method/default";
constexpr std::string_view spending_limits_path =
    "/v1/billing/teams/{teamId}/postpaid/spending-limits";
constexpr std::string_view top_up_path = "/v1/billing/teams/{teamId}/prepaid/top-up";
constexpr std::string_view collections_path = "/v1/collections";
constexpr std::string_view collection_path = "/v1/collections/{collectionId}";
constexpr std::string_view documents_path = "/v1/collections/{collectionId}/documents";
constexpr std::string_view batch_path = "/v1/collections/{collectionId}/documents:batchGet";
constexpr std::string_view document_path = "/v1/collections/{collectionId}/documents/{fileId}";

constexpr std::array<NotImitated, 15> not_imitated_operations{{
    {Method::post, billing_info_path, "setBillingInfo"},
    {Method::post, default_method_path, "setDefaultPaymentMethod"},
    {Method::post, spending_limits_path, "setSoftSpendingLimit"},
    {Method::post, top_up_path, "topUpPrepaidCredit"},
    {Method::post, collections_path, "createCollection"},
    {Method::get, collections_path, "listCollections"},
    {Method::get, collection_path, "getCollection"},
    {Method::put, collection_path, "updateCollection"},
    {Method::delete_, collection_path, "deleteCollection"},
    {Method::get, documents_path, "listDocuments"},
    {Method::get, batch_path, "batchGetDocuments"},
    {Method::post, document_path, "addDocumentToCollection"},
    {Method::get, document_path, "getDocument"},
    {Method::patch, document_path, "reindexDocument"},
    {Method::delete_, document_path, "removeDocumentFromCollection"},
}};

constexpr std::array<std::string_view, 16> inference_paths{
    "/v1/me",
    "/v1/models",
    "/v1/language-models",
    "/v1/embedding-models",
    "/v1/image-generation-models",
    "/v1/chat/completions",
    "/v1/responses",
    "/v1/messages",
    "/v1/complete",
    "/v1/completions",
    "/v1/embeddings",
    "/v1/images/generations",
    "/v1/tokenize-text",
    "/v1/files",
    "/v1/documents/search",
    "/v1/realtime",
};

}  // namespace

const NotImitated* find_not_imitated(Method method, std::string_view path) {
  const auto* const found =
      std::ranges::find_if(not_imitated_operations, [&](const NotImitated& each) {
        return each.method == method && wire::match_path(each.path, path);
      });
  return found == not_imitated_operations.end() ? nullptr : found;
}

bool is_of_not_imitated(std::string_view path) {
  return std::ranges::any_of(not_imitated_operations, [&](const NotImitated& each) {
    return wire::match_path(each.path, path).has_value();
  });
}

bool is_of_inference(std::string_view path) {
  return std::ranges::any_of(inference_paths, [&](std::string_view each) {
    return path.starts_with(each) && (path.size() == each.size() || path[each.size()] == '/');
  });
}

}  // namespace xai::emulator
