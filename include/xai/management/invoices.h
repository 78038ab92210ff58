#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/cents.h"
#include "xai/management/timestamp.h"

namespace xai::management {

/// A calendar month.
struct BillingCycle {
  std::int32_t year{};
  std::int32_t month{};  ///< From 1.
};

struct InvoiceLine {
  std::string cluster_name{};  ///< Which served the usage, such as `us-east-1`.
  std::string description{};   ///< What was used: `Chat grok-2-1212-1.0.0`.
  std::string unit_type{};     ///< What was counted: `Prompt text tokens`.
  /// Price of one unit. The reference says in 1e-6 USD cent, its own example fits only 1e-8:
  /// never compute `amount` from it.
  std::int64_t unit_price{};
  std::int64_t num_units{};
  std::optional<Cents> amount{};  ///< USD cents; spending is positive, parts of a cent are cut off.
};

/// One try at charging an invoice.
struct ChargerAttempt {
  std::int32_t ticket{};  ///< From 0.
  bool successful{};
  std::string payment_method_id{};  ///< May be empty.
};

/// What a monthly invoice has beside its lines. Amounts are USD cents; the signs of credits here
/// are not documented.
struct MonthlyInvoice {
  std::optional<BillingCycle> billing_cycle{};
  std::optional<Cents> default_credits_issued{};
  std::optional<Cents> auto_credits_issued{};
  std::optional<Cents> prepaid_tokens_to_spend{};  ///< Prepaid credit on file to be spent.
  std::optional<std::string> billing_items_csv_asset_key_suffix{};  ///< No documented download.
  std::optional<std::string> corrections_csv_asset_key_suffix{};    ///< No documented download.
};

/// Marks an invoice for prepaid credit; empty.
struct PrepaidInvoice {};

/// Marks an invoice for a subscription; empty.
struct SubscriptionsInvoice {};

/// An invoice. Which of `monthly`, `prepaid` and `subscriptions` is there tells its kind.
struct Invoice {
  std::string team_id{};
  std::string invoice_id{};      ///< base64url, ends in `=`.
  std::string invoice_number{};  ///< For people: `742-250-927-721`.
  std::optional<Timestamp> create_time{};
  /// `PENDING`, `PAID`, `FAILED`, `WILL_NEVER_BE_CHARGED`, `INVALID` or a later one.
  std::string invoice_status{};
  std::optional<Timestamp> first_desired_next_cycle_ts{};  ///< When charging is planned.
  std::vector<ChargerAttempt> charger_attempts{};
  std::vector<InvoiceLine> lines{};
  std::optional<Cents> subtotal{};             ///< USD cents without tax; positive is owed.
  std::optional<Cents> tax{};                  ///< USD cents.
  std::optional<Cents> total{};                ///< USD cents with tax.
  std::string invoice_pdf_asset_key_suffix{};  ///< No documented download.
  std::optional<MonthlyInvoice> monthly{};
  std::optional<PrepaidInvoice> prepaid{};
  std::optional<SubscriptionsInvoice> subscriptions{};
};

struct ListInvoicesResponse {
  std::vector<Invoice> invoices{};  ///< In no documented order.
};

/// GET /v1/billing/teams/{team_id}/invoices. All invoices at once, or those of one filter: a
/// cycle, all since a cycle, or ids. Two filters at once are refused. Sent again freely.
/// Errors: permission_denied, not_found, invalid_argument (two filters).
/// Source: Management API, Billing.
struct ListInvoices {
  using Response = ListInvoicesResponse;
  static constexpr std::string_view id{"listInvoices"};
  std::string team_id{};
  std::optional<std::int32_t> billing_cycle_year{};
  std::optional<std::int32_t> billing_cycle_month{};  ///< From 1.
  std::optional<std::int32_t> since_year{};
  std::optional<std::int32_t> since_month{};  ///< From 1; the month itself belongs to it.
  std::vector<std::string> invoice_ids{};
};

/// The figures of a billing cycle. All are USD cents; costs are positive, credits negative.
struct CoreInvoice {
  std::vector<InvoiceLine> lines{};
  /// Usage that spending limits apply to, outside them, and both; meanings guessed from the names.
  std::optional<Cents> amount_before_vat_limited{};
  std::optional<Cents> amount_before_vat_unlimited{};
  std::optional<Cents> amount_before_vat_limited_and_unlimited{};
  std::optional<Cents> amount_before_vat{};
  std::optional<Cents> vat_cost{};
  std::optional<Cents> amount_after_vat{};
  std::optional<Cents> auto_credits_issued{};
  std::optional<Cents> default_credits_issued{};
  /// All spending of the cycle with corrections, also beyond prepaid: not the draw on prepaid.
  std::optional<Cents> total_with_corr{};
  std::optional<Cents> prepaid_credits{};       ///< What the cycle draws on, before its own draw.
  std::optional<Cents> prepaid_credits_used{};  ///< The part drawn so far; negative too.

  /// What is really left of prepaid credit, in USD cents: positive is left, negative is overdrawn.
  /// None when either of the two figures it needs is missing.
  [[nodiscard]] std::optional<Cents> live_credit() const;
};

struct PreviewPostpaidInvoiceResponse {
  std::optional<CoreInvoice> core_invoice{};
  std::optional<Cents> effective_spending_limit{};  ///< USD cents a month; the limit in force.
  std::optional<Cents> default_credits{};           ///< USD cents.
  std::optional<BillingCycle> billing_cycle{};      ///< Which the figures belong to.
};

/// GET /v1/billing/teams/{team_id}/postpaid/invoice/preview. The invoice of the running billing
/// cycle as it stands now: the freshest figures there are. Sent again freely.
/// Errors: permission_denied, not_found or invalid_argument (a team without postpaid billing).
/// Source: Management API, Billing.
struct PreviewPostpaidInvoice {
  using Response = PreviewPostpaidInvoiceResponse;
  static constexpr std::string_view id{"previewPostpaidInvoice"};
  std::string team_id{};
};

}  // namespace xai::management
