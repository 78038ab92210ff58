#include <algorithm>
#include <string>
#include <utility>

#include "base/money.h"
#include "base/try.h"
#include "emulator/books.h"
#include "emulator/errors.h"
#include "emulator/invoice_names.h"
#include "emulator/routes/routes.h"
#include "xai/management/billing_info.h"
#include "xai/management/invoices.h"
#include "xai/management/payment_methods.h"
#include "xai/management/prepaid.h"
#include "xai/management/spending_limits.h"

namespace xai::emulator::routes {

using management::CoreInvoice;
using management::GetBillingInfo;
using management::GetPrepaidBalance;
using management::GetSpendingLimits;
using management::ListPaymentMethods;
using management::PaymentProcessor;
using management::PrepaidBalance;
using management::PrepaidBalanceChange;
using management::PreviewPostpaidInvoice;
using management::PreviewPostpaidInvoiceResponse;

namespace {

/// Of an amount of credit, as the service writes it; open_books made sure that it can be.
Cents negative(Cents amount) { return {-amount.value}; }

PrepaidBalanceChange to_change(const Team& team, const Purchase& purchase) {
  PrepaidBalanceChange change{.team_id = team.team_id,
                              .change_origin = purchase.origin,
                              .amount = purchase.amount,
                              .create_time = purchase.create_time};
  if (!is_purchase(purchase)) return change;
  change.topup_status = purchase.status.value_or("SUCCEEDED");
  change.payment_processor = PaymentProcessor{.kind = "STRIPE"};
  if (!is_posted(purchase)) return change;
  const InvoiceName name = name_of_invoice(team, purchase);
  change.invoice_id = name.id;
  change.invoice_number = name.number;
  return change;
}

}  // namespace

template <>
Result<HttpResponse> answer(Call& call, const GetPrepaidBalance& operation) {
  const Team& team = *call.state.store->team(operation.team_id);
  if (!team.billing.has_prepaid) return std::unexpected(errors::no_prepaid());
  const Books books = TRY(open_books(*call.state.store, team, call.now));
  Cents posted = books.running.credit;
  PrepaidBalance answer;
  for (const Purchase& purchase : books.purchases)
    answer.changes.push_back(to_change(team, purchase));
  for (const BillingMonth& month : books.closed) {
    if (month.prepaid.value == 0) continue;
    if (!books.is_posted(month, call.state.ledger_lag)) {
      const auto sum = base::sum(posted, month.prepaid);
      if (!sum) return std::unexpected(errors::amounts_too_large());
      posted = *sum;
      continue;
    }
    answer.changes.push_back({.team_id = team.team_id,
                              .change_origin = "SPEND",
                              .amount = month.prepaid,
                              .create_time = month.end + call.state.ledger_lag,
                              .spend_bp_key_year = month.cycle.year,
                              .spend_bp_key_month = month.cycle.month});
  }
  answer.total = negative(posted);
  std::ranges::stable_sort(answer.changes, {}, &PrepaidBalanceChange::create_time);
  return reply(call, operation, answer);
}

template <>
Result<HttpResponse> answer(Call& call, const PreviewPostpaidInvoice& operation) {
  const Team& team = *call.state.store->team(operation.team_id);
  if (!team.billing.has_postpaid) return std::unexpected(errors::no_postpaid());
  Books books = TRY(open_books(*call.state.store, team, call.now));
  BillingMonth& month = books.running;
  const PreviewPostpaidInvoiceResponse answer{
      // Differs: no tax, no corrections and no gifts; all usage is under the spending limit.
      .core_invoice = CoreInvoice{.lines = std::move(month.lines),
                                  .amount_before_vat_limited = month.spent,
                                  .amount_before_vat_unlimited = Cents{},
                                  .amount_before_vat_limited_and_unlimited = month.spent,
                                  .amount_before_vat = month.spent,
                                  .vat_cost = Cents{},
                                  .amount_after_vat = month.spent,
                                  .auto_credits_issued = Cents{},
                                  .default_credits_issued = Cents{},
                                  .total_with_corr = month.spent,
                                  .prepaid_credits = negative(month.credit),
                                  .prepaid_credits_used = negative(month.prepaid)},
      .effective_spending_limit = books.spending_limit,
      .default_credits = team.billing.default_credits.value_or(Cents{}),
      .billing_cycle = month.cycle};
  return reply(call, operation, answer);
}

template <>
Result<HttpResponse> answer(Call& call, const GetSpendingLimits& operation) {
  const TeamBilling& billing = call.state.store->team(operation.team_id)->billing;
  if (!billing.has_postpaid) return std::unexpected(errors::no_postpaid());
  return reply(call, operation, {.spending_limits = effective_limits(billing.limits)});
}

template <>
Result<HttpResponse> answer(Call& call, const ListPaymentMethods& operation) {
  const TeamBilling& billing = call.state.store->team(operation.team_id)->billing;
  return reply(call, operation, {.payment_methods = billing.payment_methods});
}

template <>
Result<HttpResponse> answer(Call& call, const GetBillingInfo& operation) {
  const TeamBilling& billing = call.state.store->team(operation.team_id)->billing;
  return reply(call, operation, {.billing_info = billing.billing_info});
}

Result<bool> is_out_of_credit(State& state, const Team& team) {
  if (team.credit != Credit::enough || !team.billing.enforce_credit)
    return team.credit != Credit::enough;
  return TRY(open_books(*state.store, team, state.clock.now())).is_out_of_credit();
}

}  // namespace xai::emulator::routes
