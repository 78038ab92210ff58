#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/value.h"
#include "xai/management/billing_info.h"
#include "xai/management/cents.h"
#include "xai/management/payment_methods.h"
#include "xai/management/result.h"
#include "xai/management/spending_limits.h"
#include "xai/management/timestamp.h"

namespace xai::emulator {

/// Credit that was bought or given; what is not `SUCCEEDED` is not there yet.
struct Purchase {
  std::string origin{};                       ///< `PURCHASE`, `AUTO_PURCHASE`, `REFUND`, `MANUAL`.
  std::optional<std::string> status{};        ///< None: SUCCEEDED.
  std::optional<management::Cents> amount{};  ///< Negative is credit.
  std::optional<management::Timestamp> create_time{};  ///< In the future: not yet in the books.
  std::string created_ago{};  ///< A span before the start, until the seed is completed.
};

/// What a team's books are made of, beside its usage.
struct TeamBilling {
  bool has_prepaid{true};
  bool has_postpaid{true};
  bool has_invoices{true};
  bool enforce_credit{};         ///< Whether the team is out of credit when its books say so.
  std::int32_t credit_status{};  ///< Said when credit is gone; 0: as each host is known to.
  std::int64_t usage_seed{};
  std::vector<Purchase> purchases{};
  management::SpendingLimits limits{};  ///< Without the effective ones, which follow.
  std::vector<management::PaymentMethod> payment_methods{};
  std::optional<management::BillingInfo> billing_info{};
  std::optional<management::Cents> default_credits{};  ///< Included in every month.
};

/// Reads the billing members of a team in a seed file. Errors: invalid_argument,
/// malformed_response, naming the member that does not fit.
management::Result<TeamBilling> read_team_billing(json::Value team);

/// Puts times in the place of spans before `now`.
void complete(TeamBilling& billing, management::Timestamp now);

// As the database has it.
std::string to_text(const TeamBilling& billing);
management::Result<TeamBilling> parse_team_billing(std::string text);

}  // namespace xai::emulator
