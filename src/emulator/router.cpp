#include "emulator/router.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <string>
#include <utility>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/nulls.h"
#include "emulator/routes/routes.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::emulator {

using management::Method;
using management::Result;
using routes::Call;

namespace {

constexpr std::string_view clusters_prefix = "/_emulator/clusters/";
constexpr std::string_view control_prefix = "/_emulator/";
/// Where the service's API answers; everywhere else its web server does.
constexpr std::array<std::string_view, 3> api_prefixes{"/auth/", "/audit/", "/v1/"};

bool has_right(const management::ManagementKey& key, std::string_view right) {
  constexpr std::string_view form = "team-token:endpoint:";
  for (std::string_view acl : key.acls) {
    if (acl == "*") return true;
    if (!acl.starts_with(form)) continue;
    acl.remove_prefix(form.size());
    if (acl == "*" || acl == right) return true;
  }
  return false;
}

/// The team that a request spends the credit of.
template <class Operation>
std::string team_of(const State& state, const management::ManagementKey& caller,
                    const HttpRequest& request) {
  if constexpr (requires(Operation operation) { operation.team_id; }) {
    const auto [path, query] = wire::split_target(request.target);
    const auto values = wire::match_path(wire::row<Operation>.path, path);
    if (!values) return caller.team();
    for (const auto& [name, value] : *values)
      if (name == "teamId" && state.store->team(value) != nullptr && routes::reaches(caller, value))
        return value;
  }
  return caller.team();
}

Result<void> check_team(const Call& call, std::string_view team_id) {
  if (!is_uuid(team_id)) return std::unexpected(errors::invalid_uuid());
  if (call.state.store->team(team_id) == nullptr || !routes::reaches(call.caller, team_id))
    return std::unexpected(errors::team_not_found());
  return {};
}

template <class Response>
std::string to_body(const Response& response, bool nulls) {
  if constexpr (std::same_as<Response, std::string>) {
    return response;
  } else {
    std::string body;
    json::Writer writer{body};
    write_answer(writer, response, nulls);
    return body;
  }
}

/// In the service's order: key, right, credit, then the request itself.
template <class Operation, auto handle>
Result<std::string> answer(State& state, const HttpRequest& request,
                           std::optional<PageFault> page_fault) {
  const management::ManagementKey* caller = state.store->management_key(request.credential);
  if (caller == nullptr) return std::unexpected(errors::invalid_bearer_token());
  constexpr std::string_view right = wire::row<Operation>.acl;
  // Differs: the names of most rights are a guess, and so is their place before the credit.
  if (state.check_acls && !right.empty() && !has_right(*caller, right))
    return std::unexpected(errors::missing_right(right));
  // Differs: here lack of credit stops all that needs a right, but for a look at the books, which
  // the refusal sends people to; what it stops there is not known.
  if (!right.empty() && right != "BillingRead") {
    const Team* payer = state.store->team(team_of<Operation>(state, *caller, request));
    if (payer != nullptr && TRY(routes::is_out_of_credit(state, *payer)))
      return std::unexpected(errors::out_of_credit(payer->team_id));
  }

  Call call{.state = state, .caller = *caller, .now = state.clock.now(), .page_fault = page_fault};
  const Operation operation = TRY(wire::from_request<Operation>(request));
  if constexpr (requires { operation.team_id; }) TRY(check_team(call, operation.team_id));
  return to_body(TRY(handle(call, operation)), state.nulls);
}

template <class Operation>
ListPlace list_place(const HttpRequest& request) {
  if constexpr (std::same_as<std::remove_cv_t<decltype(wire::paging<Operation>)>, std::nullptr_t>) {
    return ListPlace::no_list;
  } else {
    const auto operation = wire::from_request<Operation>(request);
    const bool is_first = !operation || ((*operation).*(wire::paging<Operation>.token)).empty();
    return is_first ? ListPlace::first_page : ListPlace::later_page;
  }
}

struct Route {
  std::string_view id;
  Method method;
  bool (*matches)(std::string_view path);
  Result<std::string> (*answer)(State&, const HttpRequest&, std::optional<PageFault>);
  ListPlace (*list_place)(const HttpRequest&);
};

template <class Operation, auto handle>
constexpr Route to() {
  return {wire::row<Operation>.id, wire::row<Operation>.method, wire::matches<Operation>,
          answer<Operation, handle>, list_place<Operation>};
}

constexpr std::array<Route, 17> table{
    to<management::CreateApiKey, routes::create_api_key>(),
    to<management::ListApiKeys, routes::list_api_keys>(),
    to<management::UpdateApiKey, routes::update_api_key>(),
    to<management::RotateApiKey, routes::rotate_api_key>(),
    to<management::DeleteApiKey, routes::delete_api_key>(),
    to<management::CheckApiKeyPropagation, routes::check_api_key_propagation>(),
    to<management::ListTeamModels, routes::list_team_models>(),
    to<management::ListPossibleEndpointAcls, routes::list_possible_endpoint_acls>(),
    to<management::GetPrepaidBalance, routes::get_prepaid_balance>(),
    to<management::PreviewPostpaidInvoice, routes::preview_postpaid_invoice>(),
    to<management::ListInvoices, routes::list_invoices>(),
    to<management::GetSpendingLimits, routes::get_spending_limits>(),
    to<management::ListPaymentMethods, routes::list_payment_methods>(),
    to<management::GetBillingInfo, routes::get_billing_info>(),
    to<management::AnalyzeUsage, routes::analyze_usage>(),
    to<management::ListAuditEvents, routes::list_audit_events>(),
    to<management::ValidateManagementKey, routes::validate_management_key>(),
};

using Inference = management::GetInferenceApiKeyInfo;

HttpResponse inference(State& state, const HttpRequest& request, std::string_view path,
                       std::string_view cluster) {
  if (!wire::matches<Inference>(path)) return errors::to_response(errors::route_not_found());
  if (request.method != wire::row<Inference>.method)
    return errors::to_response(errors::method_not_allowed());
  return routes::get_inference_api_key_info(state, request, cluster);
}

HttpResponse management_api(State& state, const HttpRequest& request, std::string_view path,
                            std::optional<PageFault> page_fault) {
  bool is_path_known = false;
  for (const Route& candidate : table) {
    if (!candidate.matches(path)) continue;
    is_path_known = true;
    if (candidate.method != request.method) continue;
    auto body = candidate.answer(state, request, page_fault);
    if (!body) return errors::to_response(body.error());
    return {
        .status = 200, .headers = {{"content-type", "application/json"}}, .body = *std::move(body)};
  }
  if (is_path_known) return errors::to_response(errors::method_not_allowed());
  for (const std::string_view prefix : api_prefixes)
    if (path.starts_with(prefix)) return errors::to_response(errors::route_not_found());
  return errors::page_not_found();
}

/// `/_emulator/clusters/REGION/…` as the region and what is asked of it.
std::pair<std::string_view, std::string_view> split_cluster(std::string_view path) {
  path.remove_prefix(clusters_prefix.size());
  const std::size_t end = std::min(path.find('/'), path.size());
  return {path.substr(0, end), path.substr(end)};
}

const Route* find_route(Method method, std::string_view path) {
  for (const Route& candidate : table)
    if (candidate.method == method && candidate.matches(path)) return &candidate;
  return nullptr;
}

}  // namespace

HttpResponse route(State& state, const HttpRequest& request, std::optional<PageFault> page_fault) {
  const std::string_view path = wire::split_target(request.target).first;
  if (path.starts_with(clusters_prefix)) {
    const auto [cluster, rest] = split_cluster(path);
    const bool is_any = cluster == "auto" || cluster == "api";
    return inference(state, request, rest, is_any ? "" : cluster);
  }
  if (path.starts_with(control_prefix)) return routes::control(state, request, path);
  if (wire::matches<Inference>(path)) return inference(state, request, path, "");
  return management_api(state, request, path, page_fault);
}

std::string_view operation_of(const HttpRequest& request) {
  std::string_view path = wire::split_target(request.target).first;
  if (const Route* found = find_route(request.method, path)) return found->id;
  if (path.starts_with(clusters_prefix)) path = split_cluster(path).second;
  if (request.method == wire::row<Inference>.method && wire::matches<Inference>(path))
    return wire::row<Inference>.id;
  return "unknown";
}

ListPlace list_place_of(const HttpRequest& request) {
  const Route* found = find_route(request.method, wire::split_target(request.target).first);
  return found == nullptr ? ListPlace::no_list : found->list_place(request);
}

}  // namespace xai::emulator
