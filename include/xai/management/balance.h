#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "xai/management/account.h"
#include "xai/management/call_options.h"
#include "xai/management/cents.h"
#include "xai/management/decimal.h"
#include "xai/management/invoices.h"

namespace xai::management {

/// What the team used on whole days in UTC that are over: the last 30, or those since its history
/// began.
struct Burn {
  Decimal used{};                  ///< USD, exactly.
  std::int64_t day_count{};        ///< Days without usage count.
  std::optional<Cents> per_day{};  ///< To the nearest cent; none when no day is over.
};

enum class RunwayState : std::uint8_t {
  known,
  used_up,             ///< No credit is left.
  no_recent_usage,     ///< The burn is zero or below, and nothing was spent in this cycle.
  not_enough_history,  ///< All usage there is was today, or no day is over.
  no_prepaid_credit,   ///< There is none that could last.
  credit_unknown,      ///< The live credit is missing.
  usage_unreadable,    ///< `Balance::usage_failure` says why.
  usage_incomplete,    ///< The service left usage out, or wrote a number that is none.
};

/// How long the live credit lasts at the burn.
struct Runway {
  RunwayState state{RunwayState::credit_unknown};
  std::optional<std::chrono::seconds> left{};  ///< When `known`; a hundred years at most.

  /// The whole days of `left`.
  [[nodiscard]] std::int64_t days_left() const {
    return std::chrono::floor<std::chrono::days>(left.value_or(std::chrono::seconds{})).count();
  }

  /// Whether the credit lasts less than `span`; none when that cannot be said.
  [[nodiscard]] std::optional<bool> is_below(std::chrono::seconds span) const;
};

/// A team's money. A figure that the service left out is none, never zero.
struct Balance {
  bool has_prepaid{};
  bool has_postpaid{};
  /// What the running cycle has left of the prepaid credit; negative is overdrawn. Only postpaid
  /// billing tells it.
  std::optional<Cents> live_credit{};
  std::optional<Cents> posted_credit{};  ///< The ledger's, which settles when the cycle closes.
  std::optional<BillingCycle> cycle{};   ///< Which the figures belong to.
  std::optional<Cents> cycle_spend{};    ///< All of the cycle, prepaid and beyond.
  std::optional<Cents> effective_spending_limit{};  ///< A month, beyond prepaid credit.
  std::optional<Cents> left_under_limit{};
  std::optional<Burn> burn{};
  std::optional<Error> usage_failure{};  ///< Why there is no burn, where usage was not answered.
  Runway runway{};
  std::chrono::sys_days day{};  ///< Today, by the service's clock.
};

/// Reads the invoice preview, the prepaid ledger and the usage by day, at the same time unless the
/// client has a log or a trace, which tell requests in order. Usage that cannot be read is told as
/// a Warning, and fails nothing else.
/// Errors: not_found (a team with neither prepaid nor postpaid billing), permission_denied.
/// Source: Management API, Billing.
Result<Balance> balance(const Account& account, const CallOptions& options = {});

}  // namespace xai::management
