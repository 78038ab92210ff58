#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/billing_info.h"
#include "xai/management/timestamp.h"

namespace xai::management {

struct CardDetails {
  std::string brand{};       ///< `visa`, `mastercard`, `amex`, … or `unknown`.
  std::int64_t exp_month{};  ///< From 1.
  std::int64_t exp_year{};   ///< Four digits.
  std::string last4{};
};

/// Why payments from a bank account are blocked.
struct BankAccountBlock {
  std::string network_code{};
  std::string block_reason{};
};

struct UsBankAccountDetails {
  std::string bank_name{};
  std::string last4{};
  std::string routing_number{};
  std::optional<BankAccountBlock> blocked{};  ///< None: not blocked.
};

struct LinkDetails {
  std::string email{};
};

/// A payment method on file. One of the three details is there, by `payment_type`.
struct PaymentMethod {
  std::string payment_method_id{};  ///< The processor's, such as `pm_…`.
  std::optional<BillingInfo> billing_info{};
  std::optional<CardDetails> card_details{};
  std::optional<UsBankAccountDetails> us_bank_account_details{};
  std::optional<LinkDetails> link_details{};
  std::string payment_type{};  ///< In Stripe's terms, such as `card`.
  std::optional<Timestamp> added_ts{};
};

/// A method whose set-up is not finished.
struct PendingPaymentMethod {
  std::string ach_microdeposit_hosted_verification_url{};  ///< Where to confirm the deposits.
};

struct ListPaymentMethodsResponse {
  std::vector<PaymentMethod> payment_methods{};  ///< Nothing tells which one is the default.
  std::optional<PendingPaymentMethod> pending_payment_method{};
};

/// GET /v1/billing/teams/{team_id}/payment-method. Methods are added and removed in the web
/// console only. Sent again freely.
/// Errors: permission_denied, not_found.
/// Source: Management API, Billing.
struct ListPaymentMethods {
  using Response = ListPaymentMethodsResponse;
  static constexpr std::string_view id{"listPaymentMethods"};
  std::string team_id{};
};

}  // namespace xai::management
