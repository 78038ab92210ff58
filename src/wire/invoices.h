#pragma once

#include "wire/table.h"
#include "xai/management/invoices.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::BillingCycle> =
    table(field("year", &management::BillingCycle::year),
          field("month", &management::BillingCycle::month));

template <>
inline constexpr auto fields<management::InvoiceLine> =
    table(field("clusterName", &management::InvoiceLine::cluster_name),
          field("description", &management::InvoiceLine::description),
          field("unitType", &management::InvoiceLine::unit_type),
          field("unitPrice", &management::InvoiceLine::unit_price),
          field("numUnits", &management::InvoiceLine::num_units),
          field("amount", &management::InvoiceLine::amount));

template <>
inline constexpr auto fields<management::ChargerAttempt> =
    table(field("ticket", &management::ChargerAttempt::ticket),
          field("successful", &management::ChargerAttempt::successful),
          field("paymentMethodId", &management::ChargerAttempt::payment_method_id));

template <>
inline constexpr auto fields<management::MonthlyInvoice> =
    table(field("billingCycle", &management::MonthlyInvoice::billing_cycle),
          boxed("defaultCreditsIssued", &management::MonthlyInvoice::default_credits_issued),
          boxed("autoCreditsIssued", &management::MonthlyInvoice::auto_credits_issued),
          boxed("prepaidTokensToSpend", &management::MonthlyInvoice::prepaid_tokens_to_spend),
          field("billingItemsCsvAssetKeySuffix",
                &management::MonthlyInvoice::billing_items_csv_asset_key_suffix),
          field("correctionsCsvAssetKeySuffix",
                &management::MonthlyInvoice::corrections_csv_asset_key_suffix));

template <>
inline constexpr auto fields<management::PrepaidInvoice> = table();

template <>
inline constexpr auto fields<management::SubscriptionsInvoice> = table();

template <>
inline constexpr auto fields<management::Invoice> = table(
    field("teamId", &management::Invoice::team_id),
    field("invoiceId", &management::Invoice::invoice_id),
    field("invoiceNumber", &management::Invoice::invoice_number),
    field("createTime", &management::Invoice::create_time),
    field("invoiceStatus", &management::Invoice::invoice_status),
    field("firstDesiredNextCycleTs", &management::Invoice::first_desired_next_cycle_ts),
    field("chargerAttempts", &management::Invoice::charger_attempts),
    field("lines", &management::Invoice::lines), field("subtotal", &management::Invoice::subtotal),
    field("tax", &management::Invoice::tax), field("total", &management::Invoice::total),
    field("invoicePdfAssetKeySuffix", &management::Invoice::invoice_pdf_asset_key_suffix),
    field("monthly", &management::Invoice::monthly),
    field("prepaid", &management::Invoice::prepaid),
    field("subscriptions", &management::Invoice::subscriptions));

template <>
inline constexpr auto fields<management::ListInvoicesResponse> =
    table(field("invoices", &management::ListInvoicesResponse::invoices));

template <>
inline constexpr auto row<management::ListInvoices> =
    operation(Method::get, "/v1/billing/teams/{team_id}/invoices", RetryClass::freely,
              "BillingRead", path("team_id", &management::ListInvoices::team_id),
              query("billingCycle.year", &management::ListInvoices::billing_cycle_year),
              query("billingCycle.month", &management::ListInvoices::billing_cycle_month),
              query("since.year", &management::ListInvoices::since_year),
              query("since.month", &management::ListInvoices::since_month),
              query("invoiceIds.invoiceIds", &management::ListInvoices::invoice_ids));

template <>
inline constexpr auto fields<management::CoreInvoice> =
    table(field("lines", &management::CoreInvoice::lines),
          boxed("amountBeforeVatLimited", &management::CoreInvoice::amount_before_vat_limited),
          boxed("amountBeforeVatUnlimited", &management::CoreInvoice::amount_before_vat_unlimited),
          boxed("amountBeforeVatLimitedAndUnlimited",
                &management::CoreInvoice::amount_before_vat_limited_and_unlimited),
          field("amountBeforeVat", &management::CoreInvoice::amount_before_vat),
          field("vatCost", &management::CoreInvoice::vat_cost),
          field("amountAfterVat", &management::CoreInvoice::amount_after_vat),
          field("autoCreditsIssued", &management::CoreInvoice::auto_credits_issued),
          field("defaultCreditsIssued", &management::CoreInvoice::default_credits_issued),
          boxed("totalWithCorr", &management::CoreInvoice::total_with_corr),
          boxed("prepaidCredits", &management::CoreInvoice::prepaid_credits),
          boxed("prepaidCreditsUsed", &management::CoreInvoice::prepaid_credits_used));

template <>
inline constexpr auto fields<management::PreviewPostpaidInvoiceResponse> =
    table(field("coreInvoice", &management::PreviewPostpaidInvoiceResponse::core_invoice),
          field("effectiveSpendingLimit",
                &management::PreviewPostpaidInvoiceResponse::effective_spending_limit),
          field("defaultCredits", &management::PreviewPostpaidInvoiceResponse::default_credits),
          field("billingCycle", &management::PreviewPostpaidInvoiceResponse::billing_cycle));

template <>
inline constexpr auto row<management::PreviewPostpaidInvoice> = operation(
    Method::get, "/v1/billing/teams/{team_id}/postpaid/invoice/preview", RetryClass::freely,
    "BillingRead", path("team_id", &management::PreviewPostpaidInvoice::team_id));

}  // namespace xai::wire
