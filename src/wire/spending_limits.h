#pragma once

#include "wire/table.h"
#include "xai/management/spending_limits.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::SpendingLimits> =
    table(boxed("hardSlOverride", &management::SpendingLimits::hard_sl_override),
          boxed("hardSlAuto", &management::SpendingLimits::hard_sl_auto),
          boxed("effectiveHardSl", &management::SpendingLimits::effective_hard_sl),
          boxed("softSl", &management::SpendingLimits::soft_sl),
          boxed("effectiveSl", &management::SpendingLimits::effective_sl));

template <>
inline constexpr auto fields<management::GetSpendingLimitsResponse> =
    table(field("spendingLimits", &management::GetSpendingLimitsResponse::spending_limits));

template <>
inline constexpr auto row<management::GetSpendingLimits> = operation(
    Method::get, "/v1/billing/teams/{team_id}/postpaid/spending-limits", RetryClass::freely,
    "BillingRead", path("team_id", &management::GetSpendingLimits::team_id));

}  // namespace xai::wire
