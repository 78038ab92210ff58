#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xai::management {

struct Address {
  std::string line1{};  ///< Street, P.O. box or company.
  std::string line2{};  ///< Flat, suite, unit or building.
  std::string city{};
  std::string country{};  ///< ISO 3166-1 alpha-2 code.
  std::string postal_code{};
  std::string state{};  ///< State, province or region.
};

/// Who is billed.
struct BillingInfo {
  std::string name{};  ///< Person or company.
  std::optional<Address> address{};
  std::string email{};
  std::string tax_id_type{};  ///< In Stripe's terms, such as `us_ein`; `us-ein` has been seen.
  std::string tax_number{};
};

struct GetBillingInfoResponse {
  std::optional<BillingInfo> billing_info{};  ///< None when never set.
};

/// GET /v1/billing/teams/{team_id}/billing-info. Sent again freely.
/// Errors: permission_denied, not_found.
/// Source: Management API, Billing.
struct GetBillingInfo {
  using Response = GetBillingInfoResponse;
  static constexpr std::string_view id{"getBillingInfo"};
  std::string team_id{};
};

}  // namespace xai::management
