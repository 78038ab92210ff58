#pragma once

#include "wire/table.h"
#include "xai/management/billing_info.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::Address> = table(
    field("line1", &management::Address::line1), field("line2", &management::Address::line2),
    field("city", &management::Address::city), field("country", &management::Address::country),
    field("postalCode", &management::Address::postal_code),
    field("state", &management::Address::state));

template <>
inline constexpr auto fields<management::BillingInfo> =
    table(field("name", &management::BillingInfo::name),
          field("address", &management::BillingInfo::address),
          field("email", &management::BillingInfo::email),
          field("taxIdType", &management::BillingInfo::tax_id_type),
          field("taxNumber", &management::BillingInfo::tax_number));

template <>
inline constexpr auto fields<management::GetBillingInfoResponse> =
    table(field("billingInfo", &management::GetBillingInfoResponse::billing_info));

template <>
inline constexpr auto row<management::GetBillingInfo> =
    operation(Method::get, "/v1/billing/teams/{team_id}/billing-info", RetryClass::freely,
              "BillingRead", path("team_id", &management::GetBillingInfo::team_id));

}  // namespace xai::wire
