#include "emulator/router.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/not_imitated.h"
#include "emulator/nulls.h"
#include "emulator/routes/routes.h"
#include "json/writer.h"
#include "wire/http_binding.h"
#include "wire/operations.h"

namespace xai::emulator {

using management::Method;
using management::Result;
using routes::Call;

namespace {

constexpr std::string_view clusters_prefix = "/_emulator/clusters/";
constexpr std::string_view control_prefix = "/_emulator/";
/// Below which the service's API answers; everywhere else its web server does.
constexpr std::array<std::string_view, 5> api_places{"/auth", "/audit", "/v1/billing",
                                                     "/v1/collections", "/v1/api-key"};
/// Those of them that are a resource as well.
constexpr std::array<std::string_view, 2> api_resources{"/v1/collections", "/v1/api-key"};

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
std::string team_of(const State& state, const management::ManagementKey& caller,
                    const wire::Descriptor& operation, std::string_view path) {
  const auto values = wire::match_path(operation.path, path);
  for (const auto& [name, value] : values.value_or(std::vector<wire::NamedText>{}))
    if (name == wire::team_name && state.store->team(value) != nullptr &&
        routes::reaches(caller, value))
      return value;
  return caller.team();
}

Result<void> check_team(const Call& call, std::string_view team_id) {
  if (!is_uuid(team_id)) return std::unexpected(errors::invalid_uuid());
  if (call.state.store->team(team_id) == nullptr || !routes::reaches(call.caller, team_id))
    return std::unexpected(errors::team_not_found());
  return {};
}

/// Where a request goes.
struct Destination {
  const wire::Descriptor& operation;
  Result<HttpResponse> (*answer)(Call& call, const HttpRequest& request);
};

template <class Operation>
Result<HttpResponse> answer(Call& call, const HttpRequest& request) {
  Operation operation{};
  TRY(wire::from_request(call.operation, request, &operation));
  if (call.operation.team != nullptr) TRY(check_team(call, call.operation.team(&operation)));
  return routes::answer(call, operation);
}

template <class... Operations>
constexpr auto answers_of(wire::TypeList<Operations...>) {
  return std::array{answer<Operations>...};
}

/// In the order of the descriptors.
constexpr auto answers = answers_of(wire::Operations{});

/// In the service's order: key, rate, right, credit, then the request itself.
Result<HttpResponse> answer_of_management(State& state, const HttpRequest& request,
                                          const Destination& destination,
                                          std::optional<PageFault> page_fault) {
  const wire::Descriptor& operation = destination.operation;
  const management::ManagementKey* caller = state.store->management_key(request.credential);
  if (caller == nullptr) return std::unexpected(errors::invalid_bearer_token());
  if (state.rate_limit &&
      !state.call_times.admit(caller->api_key_id, *state.rate_limit, state.clock.now()))
    return std::unexpected(errors::rate_limited());
  const std::string_view right = operation.acl;
  // Differs: the names of most rights are a guess, and so is their place before the credit.
  if (state.check_acls && !right.empty() && !has_right(*caller, right))
    return std::unexpected(errors::missing_right(right));
  // Differs: here lack of credit stops all that needs a right, but for a look at the books, which
  // the refusal sends people to; what it stops there is not known.
  if (!right.empty() && right != "BillingRead") {
    const auto path = wire::split_target(request.target).first;
    const Team* payer = state.store->team(team_of(state, *caller, operation, path));
    if (payer != nullptr && TRY(routes::is_out_of_credit(state, *payer)))
      return std::unexpected(errors::out_of_credit(*payer));
  }
  Call call{.state = state,
            .operation = operation,
            .caller = *caller,
            .now = state.clock.now(),
            .page_fault = page_fault};
  return destination.answer(call, request);
}

HttpResponse to_response(Result<HttpResponse> result) {
  return result ? *std::move(result) : errors::to_response(result.error());
}

/// `/_emulator/clusters/REGION/…` as the region and what is asked of it.
std::pair<std::string_view, std::string_view> split_cluster(std::string_view path) {
  path.remove_prefix(clusters_prefix.size());
  const std::size_t end = std::min(path.find('/'), path.size());
  return {path.substr(0, end), path.substr(end)};
}

/// What a path can ask for, wherever it is asked.
struct Place {
  std::string_view path;
  bool is_cluster{};  ///< Nothing but the inference host answers there.
  std::string_view cluster{};
};

Place place_of(const HttpRequest& request) {
  const std::string_view path = wire::split_target(request.target).first;
  if (!path.starts_with(clusters_prefix)) return {.path = path};
  const auto [cluster, rest] = split_cluster(path);
  const bool is_any = cluster == "auto" || cluster == "api";
  return {.path = rest, .is_cluster = true, .cluster = is_any ? "" : cluster};
}

bool is_at(const wire::Descriptor& operation, const Place& place) {
  return (!place.is_cluster || operation.host == wire::Host::inference) &&
         wire::matches(operation, place.path);
}

std::optional<Destination> find_destination(Method method, const Place& place) {
  const auto operations = wire::descriptors();
  for (std::size_t i = 0; i < operations.size(); ++i)
    if (operations[i].method == method && is_at(operations[i], place))
      return Destination{operations[i], answers[i]};
  return std::nullopt;
}

/// The API key is the credential there, and the operation itself judges it.
Result<HttpResponse> answer_of_inference(State& state, HttpRequest request,
                                         const Destination& destination, const Place& place) {
  const management::ManagementKey nobody;
  Call call{.state = state,
            .operation = destination.operation,
            .caller = nobody,
            .now = state.clock.now(),
            .cluster = place.cluster};
  const std::string query{wire::split_target(request.target).second};
  request.target = place.path;
  if (!query.empty()) request.target += "?" + query;
  return destination.answer(call, request);
}

bool is_of_api(std::string_view path) {
  return std::ranges::any_of(api_places,
                             [&](std::string_view place) {
                               return path.starts_with(place) &&
                                      path.substr(place.size()).starts_with('/');
                             }) ||
         std::ranges::find(api_resources, path) != api_resources.end();
}

/// Whether anything is at that place, be it by another method only.
bool is_anything_at(const Place& place) {
  return std::ranges::any_of(
             wire::descriptors(),
             [&](const wire::Descriptor& operation) { return is_at(operation, place); }) ||
         (!place.is_cluster && is_of_not_imitated(place.path));
}

HttpResponse nothing_there(const Place& place) {
  if (is_anything_at(place)) return errors::to_response(errors::method_not_allowed());
  if (place.is_cluster) return errors::not_found_at_inference();
  return is_of_api(place.path) ? errors::to_response(errors::route_not_found())
                               : errors::page_not_found();
}

/// What the service has and the emulator does not; whose key is wrong does not hear of it.
std::optional<HttpResponse> not_imitated(State& state, const HttpRequest& request,
                                         const Place& place) {
  if (place.is_cluster) {
    if (!is_of_inference(place.path)) return std::nullopt;
    return routes::inference(state, request.credential, place.cluster);
  }
  const NotImitated* const found = find_not_imitated(request.method, place.path);
  if (found == nullptr) return std::nullopt;
  if (state.store->management_key(request.credential) == nullptr)
    return errors::to_response(errors::invalid_bearer_token());
  return errors::to_response(errors::not_imitated(found->id));
}

}  // namespace

HttpResponse routes::reply(std::string body) {
  return {
      .status = 200, .headers = {{"content-type", "application/json"}}, .body = std::move(body)};
}

HttpResponse routes::reply(const Call& call, const void* response) {
  std::string body;
  json::Writer writer{body};
  write_answer(writer, call.operation, response, call.state.nulls);
  return reply(std::move(body));
}

HttpResponse route(State& state, const HttpRequest& request, std::optional<PageFault> page_fault) {
  const Place place = place_of(request);
  if (!place.is_cluster && place.path.starts_with(control_prefix))
    return routes::control(state, request, place.path);
  const auto destination = find_destination(request.method, place);
  if (!destination) return not_imitated(state, request, place).value_or(nothing_there(place));
  if (destination->operation.host == wire::Host::inference)
    return to_response(answer_of_inference(state, request, *destination, place));
  return to_response(answer_of_management(state, request, *destination, page_fault));
}

HttpResponse refuse_method(const HttpRequest& request) {
  const Place place = place_of(request);
  if (!place.is_cluster && place.path.starts_with(control_prefix))
    return routes::refuse_control_method(place.path);
  return nothing_there(place);
}

std::string_view operation_of(const HttpRequest& request) {
  const Place place = place_of(request);
  if (const auto found = find_destination(request.method, place)) return found->operation.id;
  const NotImitated* const known =
      place.is_cluster ? nullptr : find_not_imitated(request.method, place.path);
  return known == nullptr ? "unknown" : known->id;
}

bool is_at_inference(const HttpRequest& request) {
  const Place place = place_of(request);
  const auto found = find_destination(request.method, place);
  return found ? found->operation.host == wire::Host::inference : place.is_cluster;
}

ListPlace list_place_of(const HttpRequest& request) {
  const auto found = find_destination(request.method, place_of(request));
  if (!found || found->operation.paging == nullptr) return ListPlace::no_list;
  const std::string_view token_name = found->operation.paging->token_name;
  for (const auto& [name, value] : wire::parse_query(wire::split_target(request.target).second))
    if (wire::is_same_name(token_name, name) && !value.empty())
      return value.starts_with(second_try_prefix) ? ListPlace::second_try : ListPlace::later_page;
  return ListPlace::first_page;
}

}  // namespace xai::emulator
