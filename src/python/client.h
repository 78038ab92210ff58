#pragma once

#include <pybind11/pybind11.h>
#include <sys/types.h>

#include <memory>
#include <string>

#include "xai/management/client.h"
#include "xai/management/secret.h"

namespace xai::python {

struct Settings {
  management::Secret management_key{};
  std::string team_id{};             ///< Empty: `ask_team_id` must come before other calls.
  std::string region{};              ///< Empty is `auto`.
  std::string base_url{};            ///< Empty is the real service.
  std::string inference_base_url{};  ///< May hold `{region}`; empty is the real service.
};

/// The Client behind a Python object. Its methods hold the GIL but for the time of the request,
/// so threads may share it; answers are dicts with all that the service sent.
class Client {
 public:
  explicit Client(Settings settings);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// Finds the team that the management key acts for.
  void ask_team_id();

  [[nodiscard]] const std::string& management_key() const {
    return options_.management_key.reveal();
  }
  [[nodiscard]] const std::string& team_id() const { return options_.team_id; }
  [[nodiscard]] const std::string& region() const { return options_.region; }
  [[nodiscard]] const std::string& base_url() const { return options_.base_url; }

  using Object = pybind11::object;
  Object create_api_key(const Object& name, const Object& acls, const Object& qps,
                        const Object& qpm, const Object& tpm);
  Object list_api_keys(const Object& page_size, const Object& pagination_token);
  Object update_api_key(const Object& api_key_id, const Object& updates, const Object& fields);
  Object rotate_api_key(const Object& api_key_id, const Object& expire_time,
                        const Object& old_secret_expire_time);
  Object delete_api_key(const Object& api_key_id);
  Object check_api_key_propagation(const Object& api_key_id);
  Object list_team_models();
  Object list_possible_endpoint_acls();
  Object regions();
  Object get_inference_api_key_info(const management::Secret& api_key);
  Object get_prepaid_balance();
  Object preview_postpaid_invoice();
  Object list_invoices(const Object& billing_cycle_year, const Object& billing_cycle_month,
                       const Object& since_year, const Object& since_month,
                       const Object& invoice_ids);
  Object get_spending_limits();
  Object list_payment_methods();
  Object get_billing_info();
  /// `names` and `aggregations` are those of the values asked for, in pairs.
  Object analyze_usage(const Object& start_time, const Object& end_time, const Object& timezone,
                       const Object& time_unit, const Object& names, const Object& aggregations,
                       const Object& group_by, const Object& filters);
  Object list_audit_events(const Object& page_size, const Object& page_token, const Object& user_id,
                           const Object& query, const Object& event_id,
                           const Object& event_time_from, const Object& event_time_to,
                           const Object& order_by);

 private:
  template <class Operation>
  Object call(const Operation& operation);
  management::Client of_this_process();
  void leave_to_parent();

  management::ClientOptions options_;
  std::unique_ptr<management::Client> client_{};
  pid_t process_{};  ///< Where `client_` was made.
};

}  // namespace xai::python
