#pragma once

#include "wire/table.h"
#include "xai/management/prepaid.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::PaymentProcessor> =
    table(field("kind", &management::PaymentProcessor::kind),
          field("externalParty", &management::PaymentProcessor::external_party),
          field("externalInvoiceId", &management::PaymentProcessor::external_invoice_id));

template <>
inline constexpr auto fields<management::PrepaidBalanceChange> =
    table(field("teamId", &management::PrepaidBalanceChange::team_id),
          field("changeOrigin", &management::PrepaidBalanceChange::change_origin),
          field("topupStatus", &management::PrepaidBalanceChange::topup_status),
          boxed("amount", &management::PrepaidBalanceChange::amount),
          field("invoiceId", &management::PrepaidBalanceChange::invoice_id),
          field("invoiceNumber", &management::PrepaidBalanceChange::invoice_number),
          field("createTime", &management::PrepaidBalanceChange::create_time),
          field("spendBpKeyYear", &management::PrepaidBalanceChange::spend_bp_key_year),
          field("spendBpKeyMonth", &management::PrepaidBalanceChange::spend_bp_key_month),
          field("createTs", &management::PrepaidBalanceChange::create_ts),
          field("paymentProcessor", &management::PrepaidBalanceChange::payment_processor));

template <>
inline constexpr auto fields<management::PrepaidBalance> =
    table(field("changes", &management::PrepaidBalance::changes),
          boxed("total", &management::PrepaidBalance::total));

template <>
inline constexpr auto row<management::GetPrepaidBalance> =
    operation(Method::get, "/v1/billing/teams/{team_id}/prepaid/balance", RetryClass::freely,
              "BillingRead", path("team_id", &management::GetPrepaidBalance::team_id));

}  // namespace xai::wire
