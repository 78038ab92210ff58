#pragma once

#include "wire/billing_info.h"
#include "wire/table.h"
#include "xai/management/payment_methods.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::CardDetails> =
    table(field("brand", &management::CardDetails::brand),
          field("expMonth", &management::CardDetails::exp_month),
          field("expYear", &management::CardDetails::exp_year),
          field("last4", &management::CardDetails::last4));

template <>
inline constexpr auto fields<management::BankAccountBlock> =
    table(field("networkCode", &management::BankAccountBlock::network_code),
          field("blockReason", &management::BankAccountBlock::block_reason));

template <>
inline constexpr auto fields<management::UsBankAccountDetails> =
    table(field("bankName", &management::UsBankAccountDetails::bank_name),
          field("last4", &management::UsBankAccountDetails::last4),
          field("routingNumber", &management::UsBankAccountDetails::routing_number),
          field("blocked", &management::UsBankAccountDetails::blocked));

template <>
inline constexpr auto fields<management::LinkDetails> =
    table(field("email", &management::LinkDetails::email));

template <>
inline constexpr auto fields<management::PaymentMethod> =
    table(field("paymentMethodId", &management::PaymentMethod::payment_method_id),
          field("billingInfo", &management::PaymentMethod::billing_info),
          field("cardDetails", &management::PaymentMethod::card_details),
          field("usBankAccountDetails", &management::PaymentMethod::us_bank_account_details),
          field("linkDetails", &management::PaymentMethod::link_details),
          field("paymentType", &management::PaymentMethod::payment_type),
          field("addedTs", &management::PaymentMethod::added_ts));

template <>
inline constexpr auto fields<management::PendingPaymentMethod> =
    table(field("achMicrodepositHostedVerificationUrl",
                &management::PendingPaymentMethod::ach_microdeposit_hosted_verification_url));

template <>
inline constexpr auto fields<management::ListPaymentMethodsResponse> = table(
    field("paymentMethods", &management::ListPaymentMethodsResponse::payment_methods),
    field("pendingPaymentMethod", &management::ListPaymentMethodsResponse::pending_payment_method));

template <>
inline constexpr auto row<management::ListPaymentMethods> =
    operation(Method::get, "/v1/billing/teams/{team_id}/payment-method", RetryClass::freely,
              "BillingRead", path("team_id", &management::ListPaymentMethods::team_id));

}  // namespace xai::wire
