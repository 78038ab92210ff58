#include <algorithm>

#include "cli/commands/billing/billing.h"
#include "cli/exchange.h"
#include "cli/render/amount.h"
#include "cli/render/list.h"
#include "cli/render/result.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

/// The service tells the kind by which of three members is there.
std::string kind_of(const Invoice& invoice) {
  if (invoice.monthly) return "monthly";
  if (invoice.prepaid) return "prepaid";
  return invoice.subscriptions ? "subscriptions" : "unknown";
}

std::optional<BillingCycle> cycle_of(const Invoice& invoice) {
  return invoice.monthly ? invoice.monthly->billing_cycle : std::nullopt;
}

Style style_of_status(const std::string& status) {
  if (status == "PAID") return Style::good;
  if (status == "FAILED" || status == "INVALID") return Style::bad;
  return status == "PENDING" ? Style::warning : Style::plain;
}

struct InvoiceListInput {
  std::string since{};
  std::string cycle{};
  std::string kind{};
  std::string columns{};

  void declare(Options& options) {
    options.option("--since", since, "YYYY-MM", "Invoices of this billing cycle and later");
    options.option("--cycle", cycle, "YYYY-MM", "Invoices of this billing cycle");
    options.option("--kind", kind, "KIND", "Only invoices of this kind")
        .one_of({"monthly", "prepaid", "subscriptions"});
    declare_columns(options, columns);
  }
};

Result<ListInvoices> request_of(const InvoiceListInput& input) {
  ListInvoices request;
  if (!input.since.empty() && !input.cycle.empty())
    return usage_failure("--since and --cycle cannot go together", "give one of them");
  if (!input.since.empty()) {
    const BillingCycle since = TRY(parse_cycle("--since", input.since));
    request.since_year = since.year;
    request.since_month = since.month;
  }
  if (!input.cycle.empty()) {
    const BillingCycle cycle = TRY(parse_cycle("--cycle", input.cycle));
    request.billing_cycle_year = cycle.year;
    request.billing_cycle_month = cycle.month;
  }
  return request;
}

/// An invoice and its document.
struct Listed {
  const Invoice* invoice;
  json::Value document;
};

CsvCell kind_word_of(const Invoice& invoice) { return {kind_of(invoice), true}; }
CsvCell cycle_word_of(const Invoice& invoice) { return {cycle_text(cycle_of(invoice)), true}; }
Cell cycle_cell(const Invoice& invoice, const Session&) {
  const std::string cycle = cycle_text(cycle_of(invoice));
  return {cycle.empty() ? "-" : cycle};
}
Cell status_cell(const Invoice& invoice, const Session&) {
  return {invoice.invoice_status, style_of_status(invoice.invoice_status)};
}
template <auto member>
Cell usd_cell(const Invoice& invoice, const Session&) {
  return {usd_of(invoice.*member)};
}

Status list_invoices(Session& session, const InvoiceListInput& input) {
  const ListInvoices request = TRY(request_of(input));
  auto list = TRY(List<Invoice>::open(session, input.columns));
  auto answer = TRY(exchange(session, request));
  const auto documents = document_of(answer).find("invoices").items();
  std::vector<Listed> invoices;
  for (std::size_t i = 0; i < answer.value.invoices.size(); ++i) {
    const Invoice& invoice = answer.value.invoices[i];
    if (input.kind.empty() || kind_of(invoice) == input.kind)
      invoices.push_back({&invoice, documents[i]});
  }
  if (session.format() == Format::text)
    std::ranges::stable_sort(invoices, std::greater{},
                             [](const Listed& one) { return one.invoice->create_time; });
  for (const Listed& one : invoices) list.add(*one.invoice, one.document);
  list.end(answer.value.invoices.empty() ? "there are no invoices" : "no invoice matches");
  return ExitCode::done;
}

void print_invoice(Session& session, const Invoice& invoice) {
  Labels labels;
  labels.add("Number", invoice.invoice_number);
  labels.add("ID", invoice.invoice_id);
  labels.add("Kind", kind_of(invoice));
  if (const auto cycle = cycle_of(invoice)) labels.add("Billing cycle", cycle_text(cycle));
  labels.add("Status", invoice.invoice_status, style_of_status(invoice.invoice_status));
  labels.add("Created", session.shown_time(invoice.create_time, "unknown"));
  if (invoice.first_desired_next_cycle_ts)
    labels.add("Charge planned", session.shown_time(invoice.first_desired_next_cycle_ts, ""));
  std::vector<std::string> attempts;
  for (const ChargerAttempt& attempt : invoice.charger_attempts)
    attempts.push_back(
        std::to_string(attempts.size() + 1) + (attempt.successful ? " charged" : " failed") +
        (attempt.payment_method_id.empty() ? "" : " (" + attempt.payment_method_id + ")"));
  labels.add("Attempts", listed(attempts));
  Figures figures{{"Subtotal", invoice.subtotal}, {"Tax", invoice.tax}, {"Total", invoice.total}};
  if (invoice.monthly) {
    figures.emplace_back("Default credits", invoice.monthly->default_credits_issued);
    figures.emplace_back("Automatic credits", invoice.monthly->auto_credits_issued);
    figures.emplace_back("Prepaid to spend", invoice.monthly->prepaid_tokens_to_spend);
  }
  add_figures(labels, figures);
  labels.print(session.output());
  print_invoice_lines(session, invoice.lines);
}

struct InvoiceInput {
  std::string id{};

  void declare(Options& options) { options.argument("ID", id, "Id or number of the invoice"); }
};

Status get_invoice(Session& session, const InvoiceInput& input) {
  const std::string& id = input.id;
  // The service finds ids only; a number, digits and dashes, is looked for among all.
  const bool is_number = id.find_first_not_of("0123456789-") == std::string::npos;
  ListInvoices request;
  if (!is_number) request.invoice_ids = {id};
  auto answer = TRY(exchange(session, request));
  const auto documents = document_of(answer).find("invoices").items();
  const auto found = std::ranges::find_if(answer.value.invoices, [&](const Invoice& invoice) {
    return invoice.invoice_id == id || (is_number && invoice.invoice_number == id);
  });
  if (found == answer.value.invoices.end())
    return std::unexpected{Error{.kind = ErrorKind::not_found,
                                 .outcome = Outcome::refused,
                                 .message = "no invoice has the id or the number " + in_quotes(id),
                                 .next = "see `manage_xai list-invoices`"}};
  const auto place = static_cast<std::size_t>(found - answer.value.invoices.begin());
  print_result(session, documents[place], [&] { print_invoice(session, *found); });
  return ExitCode::done;
}

void print_preview(Session& session, const PreviewPostpaidInvoiceResponse& preview) {
  Labels labels;
  const std::string cycle = cycle_text(preview.billing_cycle);
  labels.add("Billing cycle", cycle.empty() ? "missing" : cycle);
  const CoreInvoice invoice = preview.core_invoice.value_or(CoreInvoice{});
  add_figures(labels, {{"Amount before tax", invoice.amount_before_vat},
                       {"Tax", invoice.vat_cost},
                       {"Amount with tax", invoice.amount_after_vat},
                       {"Spent this cycle", invoice.total_with_corr},
                       {"Default credits", invoice.default_credits_issued},
                       {"Automatic credits", invoice.auto_credits_issued},
                       {"Prepaid credits", invoice.prepaid_credits},
                       {"Prepaid used", invoice.prepaid_credits_used},
                       {"Spending limit", preview.effective_spending_limit}});
  labels.print(session.output());
  print_invoice_lines(session, invoice.lines);
}

Status preview_invoice(Session& session) {
  auto answer = TRY(exchange(session, PreviewPostpaidInvoice{}));
  print_result(session, document_of(answer), [&] {
    print_preview(session, answer.value);
    session.messages().note("credits are negative, as the service writes them");
  });
  return ExitCode::done;
}

}  // namespace

template <>
const std::vector<ListColumn<Invoice>>& columns<Invoice>() {
  static const std::vector<ListColumn<Invoice>> all{
      {{"invoiceId", "ID", 7}, csv_member<&Invoice::invoice_id>},
      {{"invoiceNumber", "NUMBER", 1}, csv_member<&Invoice::invoice_number>},
      {{"kind", "KIND", 2}, kind_word_of},
      {{"billingCycle", "CYCLE", 3}, cycle_word_of, cycle_cell},
      {{"createTime", "CREATED", 6},
       csv_member<&Invoice::create_time>,
       time_member<&Invoice::create_time>},
      {{"invoiceStatus", "STATUS", 4}, csv_member<&Invoice::invoice_status>, status_cell},
      {{"subtotal", "SUBTOTAL", 0, true, true},
       csv_member<&Invoice::subtotal>,
       usd_cell<&Invoice::subtotal>},
      {{"tax", "TAX", 0, true, true}, csv_member<&Invoice::tax>, usd_cell<&Invoice::tax>},
      {{"total", "TOTAL", 5, true, true}, csv_member<&Invoice::total>, usd_cell<&Invoice::total>}};
  return all;
}

Command list_invoices_command() {
  return {
      .name = "list-invoices",
      .group = Group::billing,
      .summary = "List the team's invoices, the newest first",
      .description =
          "--cycle and --since take billing cycles, which are months; give one of them at a time.",
      .examples = {"list-invoices --since 2026-07", "list-invoices --kind monthly --output csv"},
      .formats = {"text", "json", "jsonl", "csv"},
      .declare = declare_with<InvoiceListInput, list_invoices>};
}

Command get_invoice_command() {
  return {.name = "get-invoice",
          .group = Group::billing,
          .summary = "Show one invoice with its lines and what became of it",
          .description =
              "Amounts are the service's own. Parts of a cent are cut off there, so lines of 0.00 "
              "are not mistakes.",
          .examples = {"get-invoice aUa1nsnCQfxOFnWjqdimZczKKNJJ5xuwlkb-k0XiUOQ=",
                       "get-invoice 271-556-576-705 --output json"},
          .formats = {"text", "json"},
          .declare = declare_with<InvoiceInput, get_invoice>};
}

Command preview_invoice_command() {
  return {.name = "preview-invoice",
          .group = Group::billing,
          .summary = "Show the invoice of the running billing cycle as it stands",
          .description = {},
          .examples = {"preview-invoice", "preview-invoice --output json"},
          .formats = {"text", "json"},
          .declare = declare_plain<preview_invoice>};
}
}  // namespace xai::cli
