#include <algorithm>
#include <chrono>
#include <string>
#include <tuple>
#include <utility>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/invoice_names.h"
#include "emulator/limits.h"
#include "emulator/routes/routes.h"
#include "xai/management/invoices.h"

namespace xai::emulator::routes {

using management::Invoice;
using management::ListInvoices;
using management::ListInvoicesResponse;
using management::MonthlyInvoice;

namespace {

Invoice begin_invoice(const Team& team, InvoiceName name, Timestamp time, Cents total) {
  return {.team_id = team.team_id,
          .invoice_id = std::move(name.id),
          .invoice_number = std::move(name.number),
          .create_time = time,
          .invoice_status = "PAID",
          .first_desired_next_cycle_ts = time,
          // Differs: there are no taxes here.
          .subtotal = total,
          .tax = Cents{},
          .total = total};
}

void pay(Invoice& invoice, const Team& team) {
  const auto& methods = team.billing.payment_methods;
  invoice.charger_attempts.push_back(
      {.successful = true,
       .payment_method_id = methods.empty() ? "" : methods.front().payment_method_id});
}

Invoice of_month(const Team& team, BillingMonth month, Timestamp now) {
  Invoice invoice = begin_invoice(team, name_of_invoice(team, month.cycle), month.end, month.spent);
  const std::string suffix = "teams/" + team.team_id + "/billing/" +
                             std::to_string(month.cycle.year) + "-" +
                             std::to_string(month.cycle.month) + "-" + invoice.invoice_id;
  invoice.lines = std::move(month.lines);
  invoice.first_desired_next_cycle_ts = month.end + limits::invoice_due_span;
  // What prepaid credit has paid is not charged.
  if (month.postpaid().value != 0) {
    if (invoice.first_desired_next_cycle_ts <= now)
      pay(invoice, team);
    else
      invoice.invoice_status = "PENDING";
  }
  invoice.invoice_pdf_asset_key_suffix = suffix + ".pdf";
  invoice.monthly =
      MonthlyInvoice{.billing_cycle = month.cycle,
                     .default_credits_issued = Cents{},
                     .auto_credits_issued = Cents{},
                     .prepaid_tokens_to_spend = Cents{-month.prepaid.value},
                     .billing_items_csv_asset_key_suffix = suffix + "-billing_items.csv.zstd",
                     .corrections_csv_asset_key_suffix = suffix + "-corrections.csv.zstd"};
  return invoice;
}

Invoice of_purchase(const Team& team, const Purchase& purchase) {
  Invoice invoice = begin_invoice(team, name_of_invoice(team, purchase),
                                  purchase.create_time.value_or(Timestamp{}),
                                  {-purchase.amount.value_or(Cents{}).value});
  pay(invoice, team);
  invoice.invoice_pdf_asset_key_suffix =
      "teams/" + team.team_id + "/billing/prepaid-" + invoice.invoice_id + ".pdf";
  invoice.prepaid.emplace();
  return invoice;
}

using Month = std::pair<std::int32_t, std::int32_t>;

/// The month a filter names. Errors: invalid_argument for half of one.
Result<std::optional<Month>> month_filter(std::optional<std::int32_t> year,
                                          std::optional<std::int32_t> month) {
  if (!year && !month) return std::nullopt;
  if (!year || !month || *month < 1 || *month > 12)
    return std::unexpected(errors::bad_billing_cycle());
  return Month{*year, *month};
}

/// The billing cycle of the usage or, for credit, of the purchase.
Month month_of(const Invoice& invoice) {
  if (invoice.monthly && invoice.monthly->billing_cycle)
    return {invoice.monthly->billing_cycle->year, invoice.monthly->billing_cycle->month};
  const std::chrono::year_month_day date{
      std::chrono::floor<std::chrono::days>(invoice.create_time.value_or(Timestamp{}))};
  return {static_cast<int>(date.year()), static_cast<std::int32_t>(unsigned{date.month()})};
}

}  // namespace

template <>
Result<HttpResponse> answer(Call& call, const ListInvoices& operation) {
  const auto cycle = TRY(month_filter(operation.billing_cycle_year, operation.billing_cycle_month));
  const auto since = TRY(month_filter(operation.since_year, operation.since_month));
  const auto& ids = operation.invoice_ids;
  const int filter_count = int{cycle.has_value()} + int{since.has_value()} + int{!ids.empty()};
  if (filter_count > 1) return std::unexpected(errors::two_invoice_filters());
  const Team& team = *call.state.store->team(operation.team_id);
  ListInvoicesResponse answer;
  if (!team.billing.has_invoices) return reply(call, operation, answer);
  Books books = TRY(open_books(*call.state.store, team, call.now));
  auto& invoices = answer.invoices;
  for (const Purchase& purchase : books.purchases)
    if (is_purchase(purchase) && is_posted(purchase))
      invoices.push_back(of_purchase(team, purchase));
  if (team.billing.has_postpaid)
    for (BillingMonth& month : books.closed)
      if (!month.lines.empty()) invoices.push_back(of_month(team, std::move(month), call.now));
  std::erase_if(invoices, [&](const Invoice& invoice) {
    return (cycle && month_of(invoice) != *cycle) || (since && month_of(invoice) < *since) ||
           (!ids.empty() && std::ranges::find(ids, invoice.invoice_id) == ids.end());
  });
  std::ranges::stable_sort(invoices, {}, &Invoice::create_time);
  return reply(call, operation, answer);
}

}  // namespace xai::emulator::routes
