#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/cents.h"
#include "xai/management/timestamp.h"

namespace xai::management {

/// Who handled a payment.
struct PaymentProcessor {
  std::string kind{};  ///< `STRIPE`, `CHECKOUT`, `EXTERNAL`, `MANUAL`, `UNKNOWN` or a later one.
  std::optional<std::string> external_party{};
  std::optional<std::string> external_invoice_id{};
};

/// One entry of the prepaid ledger.
struct PrepaidBalanceChange {
  std::string team_id{};
  std::string change_origin{};  ///< `PURCHASE`, `AUTO_PURCHASE`, `REFUND`, `SPEND`, `MANUAL`, …
  /// Of purchases: `TO_GENERATE_INVOICE`, `TO_CHARGE`, `SUCCEEDED`, `FAILED_TO_CHARGE`,
  /// `FAILED_TO_GENERATE_INVOICE`, which the reference spells `FAILED_TO_GEMNERATE_INVOICE`.
  std::optional<std::string> topup_status{};
  /// USD cents. Negative is more credit (purchases, refunds), positive is less (spending);
  /// `MANUAL` can be either.
  std::optional<Cents> amount{};
  std::optional<std::string> invoice_id{};      ///< Once there is an invoice.
  std::optional<std::string> invoice_number{};  ///< Once there is an invoice.
  std::optional<Timestamp> create_time{};  ///< Of the entry; the reference says of its invoice.
  std::optional<std::int32_t> spend_bp_key_year{};   ///< Of the billing period, for `SPEND`.
  std::optional<std::int32_t> spend_bp_key_month{};  ///< From 1.
  std::optional<Timestamp> create_ts{};              ///< Of the entry.
  std::optional<PaymentProcessor> payment_processor{};
};

/// The posted prepaid ledger. Spending is posted when its billing cycle closes, and pending
/// charges are left out, so in the middle of a cycle it shows more than is really left:
/// `CoreInvoice::live_credit` tells that.
struct PrepaidBalance {
  std::vector<PrepaidBalanceChange> changes{};  ///< In no documented order.
  std::optional<Cents> total{};                 ///< USD cents; negative is credit.

  /// `total` as a person counts it, in USD cents: positive is credit left, negative is overdrawn.
  /// None without a total.
  [[nodiscard]] std::optional<Cents> posted_credit() const;
};

/// GET /v1/billing/teams/{team_id}/prepaid/balance. The whole ledger at once.
/// Sent again freely.
/// Errors: permission_denied, not_found (another team, or one without prepaid billing).
/// Source: Management API, Billing.
struct GetPrepaidBalance {
  using Response = PrepaidBalance;
  static constexpr std::string_view id{"getPrepaidBalance"};
  std::string team_id{};
};

}  // namespace xai::management
