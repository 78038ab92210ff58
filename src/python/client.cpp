#include "python/client.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "client/send.h"
#include "python/arguments.h"
#include "python/objects.h"
#include "python/raise.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::python {

/// An answer that nobody reads into a struct: it is any object.
struct UnreadAnswer {
  bool is_object{};
};

/// A read whose answer is wanted as a document alone: the strings of a struct that Python never
/// sees would cost as much as all its dicts.
template <class Operation>
struct Unread : Operation {
  using Response = UnreadAnswer;
};

}  // namespace xai::python

namespace xai::wire {

/// All fields are those of the operation it derives from.
template <class Operation>
inline constexpr auto row<python::Unread<Operation>> = [] {
  auto inherited = row<Operation>;
  inherited.table.own_count = 0;
  inherited.table.has_base = true;
  return inherited;
}();

template <>
inline constexpr auto fields<python::UnreadAnswer> =
    table(field("isObject", &python::UnreadAnswer::is_object));

template <>
inline management::Result<python::UnreadAnswer> decode(json::Value value) {
  if (!value.is_object()) return std::unexpected(error_of({.expected = "an object"}));
  return python::UnreadAnswer{true};
}

}  // namespace xai::wire

namespace py = pybind11;

namespace xai::python {

using py::object;

namespace {

// As scripts know it from before; all attempts of one call together.
constexpr std::chrono::seconds call_limit{30};

management::ClientOptions options_of(Settings settings) {
  management::ClientOptions options{.management_key = std::move(settings.management_key),
                                    .team_id = std::move(settings.team_id),
                                    .inference_base_url = std::move(settings.inference_base_url),
                                    .user_agent = "xai_management-python/" XAI_VERSION};
  if (!settings.region.empty()) options.region = std::move(settings.region);
  if (!settings.base_url.empty()) options.base_url = std::move(settings.base_url);
  while (options.base_url.ends_with('/')) options.base_url.pop_back();
  options.deadlines.operation = call_limit;
  return options;
}

/// Lets other threads of Python run meanwhile. Nothing of `work` may touch Python.
template <class Work>
auto without_gil(const Work& work) {
  PyThreadState* const state = PyEval_SaveThread();
  auto result = [&]() noexcept { return work(); }();
  // While the interpreter ends, this ends the thread by unwinding, which no destructor allows.
  PyEval_RestoreThread(state);
  return result;
}

template <class Operation>
auto exchange(const management::Client& client, const Operation& operation) {
  auto answer = without_gil([&] { return client::exchange(client, operation); });
  if (!answer) raise(answer.error());
  return *std::move(answer);
}

/// The cluster's models of every kind, by name.
py::list names_in(const management::ClusterConfig& cluster) {
  py::list names;
  const auto add = [&](const auto& models) {
    for (const auto& model : models) names.append(model.name);
  };
  add(cluster.language_models);
  add(cluster.embedding_models);
  add(cluster.image_generation_models);
  add(cluster.audio_models);
  add(cluster.video_generation_models);
  return names;
}

}  // namespace

Client::Client(Settings settings) : options_{options_of(std::move(settings))} {}

Client::~Client() { leave_to_parent(); }

/// Makes a Client where a fork has left us with the parent's: its connections are the parent's
/// too, and a thread that does not exist here may hold its locks.
management::Client Client::of_this_process() {
  leave_to_parent();
  if (!client_) {
    process_ = ::getpid();
    client_ = std::make_unique<management::Client>(options_);
  }
  return *client_;
}

/// Forgets the parent's Client. To destroy it would say good-bye on the parent's connections.
void Client::leave_to_parent() {
  if (!client_ || process_ == ::getpid()) return;
  [[maybe_unused]] const auto* const left = client_.release();
}

template <class Operation>
object Client::call(const Operation& operation) {
  auto answer = [&] {
    if constexpr (wire::row<Operation>.retry == wire::RetryClass::freely)
      return exchange(of_this_process(), Unread<Operation>{operation});
    else
      return exchange(of_this_process(), operation);
  }();
  return to_python(wire::canonical<typename Operation::Response>(answer.document.root(),
                                                                 answer.document.arena()));
}

void Client::ask_team_id() {
  const management::Client client = of_this_process();
  auto team = without_gil([&] { return client::team_id(client, client::deadline_of(client)); });
  if (!team) raise(team.error());
  options_.team_id = *std::move(team);
}

object Client::create_api_key(const object& name, const object& acls, const object& qps,
                              const object& qpm, const object& tpm) {
  return call(management::CreateApiKey{.team_id = team_id(),
                                       .name = text_of(name, "name"),
                                       .acls = acls_of(acls),
                                       .qps = int32_of(qps, "qps"),
                                       .qpm = int32_of(qpm, "qpm"),
                                       .tpm = int64_of(tpm, "tpm")});
}

object Client::list_api_keys(const object& page_size, const object& pagination_token) {
  return call(
      management::ListApiKeys{.team_id = team_id(),
                              .page_size = int32_of(page_size, "page_size"),
                              .pagination_token = text_of(pagination_token, "pagination_token")});
}

object Client::update_api_key(const object& api_key_id, const object& updates,
                              const object& fields) {
  return call(update_of(text_of(api_key_id, "api_key_id"), text_of(updates, "updates"),
                        texts_of(fields, "fields")));
}

object Client::rotate_api_key(const object& api_key_id, const object& expire_time,
                              const object& old_secret_expire_time) {
  return call(management::RotateApiKey{
      .api_key_id = text_of(api_key_id, "api_key_id"),
      .expire_time = time_of(expire_time, "expire_time"),
      .old_secret_expire_time = time_of(old_secret_expire_time, "old_secret_expire_time")});
}

object Client::delete_api_key(const object& api_key_id) {
  call(management::DeleteApiKey{.api_key_id = text_of(api_key_id, "api_key_id")});
  return py::bool_(true);
}

object Client::check_api_key_propagation(const object& api_key_id) {
  return call(management::CheckApiKeyPropagation{.api_key_id = text_of(api_key_id, "api_key_id")});
}

object Client::list_team_models() { return call(management::ListTeamModels{.team_id = team_id()}); }

object Client::list_possible_endpoint_acls() {
  return call(management::ListPossibleEndpointAcls{.team_id = team_id()});
}

/// As `manage_xai regions` has them: first `auto` with the models of all clusters.
object Client::regions() {
  const auto answer = exchange(of_this_process(), management::ListTeamModels{.team_id = team_id()});
  py::dict automatic;  // A set that keeps its order.
  py::dict regions;
  regions["auto"] = py::list{};
  for (const management::ClusterConfig& cluster : answer.value.cluster_configs) {
    const py::list names = names_in(cluster);
    for (const py::handle name : names) automatic[name] = py::none();
    regions[py::str{cluster.cluster_name}] = names;
  }
  regions["auto"] = py::list{automatic};
  return regions;
}

object Client::get_inference_api_key_info(const management::Secret& api_key) {
  return call(management::GetInferenceApiKeyInfo{.api_key = api_key});
}

object Client::get_prepaid_balance() {
  return call(management::GetPrepaidBalance{.team_id = team_id()});
}

object Client::preview_postpaid_invoice() {
  return call(management::PreviewPostpaidInvoice{.team_id = team_id()});
}

object Client::list_invoices(const object& billing_cycle_year, const object& billing_cycle_month,
                             const object& since_year, const object& since_month,
                             const object& invoice_ids) {
  return call(management::ListInvoices{
      .team_id = team_id(),
      .billing_cycle_year = int32_of(billing_cycle_year, "billing_cycle"),
      .billing_cycle_month = int32_of(billing_cycle_month, "billing_cycle"),
      .since_year = int32_of(since_year, "since"),
      .since_month = int32_of(since_month, "since"),
      .invoice_ids = texts_of(invoice_ids, "invoice_ids")});
}

object Client::get_spending_limits() {
  return call(management::GetSpendingLimits{.team_id = team_id()});
}

object Client::list_payment_methods() {
  return call(management::ListPaymentMethods{.team_id = team_id()});
}

object Client::get_billing_info() { return call(management::GetBillingInfo{.team_id = team_id()}); }

object Client::analyze_usage(const object& start_time, const object& end_time,
                             const object& timezone, const object& time_unit, const object& names,
                             const object& aggregations, const object& group_by,
                             const object& filters) {
  const auto name_texts = texts_of(names, "values");
  const auto aggregation_texts = texts_of(aggregations, "values");
  management::AnalyticsRequest request{
      .time_range = {.start_time = text_of(start_time, "start_time"),
                     .end_time = text_of(end_time, "end_time"),
                     .timezone = text_of(timezone, "timezone")},
      .time_unit = text_of(time_unit, "time_unit"),
      .group_by = texts_of(group_by, "group_by"),
      .filters = texts_of(filters, "filters")};
  for (std::size_t i = 0; i < std::min(name_texts.size(), aggregation_texts.size()); ++i)
    request.values.push_back({.name = name_texts[i], .aggregation = aggregation_texts[i]});
  return call(management::AnalyzeUsage{.team_id = team_id(), .analytics_request = request});
}

object Client::list_audit_events(const object& page_size, const object& page_token,
                                 const object& user_id, const object& query, const object& event_id,
                                 const object& event_time_from, const object& event_time_to,
                                 const object& order_by) {
  return call(
      management::ListAuditEvents{.team_id = team_id(),
                                  .page_size = int32_of(page_size, "page_size"),
                                  .page_token = text_of(page_token, "page_token"),
                                  .user_id = text_of(user_id, "user_id"),
                                  .query = text_of(query, "query"),
                                  .event_id = text_of(event_id, "event_id"),
                                  .event_time_from = time_of(event_time_from, "event_time_from"),
                                  .event_time_to = time_of(event_time_to, "event_time_to"),
                                  .order_by = text_of(order_by, "order_by")});
}

}  // namespace xai::python
