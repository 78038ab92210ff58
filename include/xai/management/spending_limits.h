#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xai/management/cents.h"

namespace xai::management {

/// Limits on postpaid spending, in USD cents a month. Prepaid credit is always used first and is
/// not limited by these; a limit of 0 is prepaid only.
struct SpendingLimits {
  std::optional<Cents> hard_sl_override{};   ///< Set by xAI's staff, if at all.
  std::optional<Cents> hard_sl_auto{};       ///< Computed by xAI; the most that a user may set.
  std::optional<Cents> effective_hard_sl{};  ///< The hard limit in force.
  std::optional<Cents> soft_sl{};            ///< Set by a user; zero or none when never set.
  std::optional<Cents> effective_sl{};       ///< The one that is enforced.
};

struct GetSpendingLimitsResponse {
  std::optional<SpendingLimits> spending_limits{};
};

/// GET /v1/billing/teams/{team_id}/postpaid/spending-limits. Sent again freely.
/// Errors: permission_denied, not_found or invalid_argument (a team without postpaid billing).
/// Source: Management API, Billing.
struct GetSpendingLimits {
  using Response = GetSpendingLimitsResponse;
  static constexpr std::string_view id{"getSpendingLimits"};
  std::string team_id{};
};

}  // namespace xai::management
