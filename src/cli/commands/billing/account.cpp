// The commands that show one document about the team's money: limits, who pays, and how.
#include <memory>

#include "cli/commands/billing/billing.h"
#include "cli/exchange.h"
#include "cli/render/amount.h"
#include "cli/render/list.h"
#include "cli/values.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

using Figures = std::vector<std::pair<std::string, std::optional<Cents>>>;

/// Adds the figures with their amounts lined up.
void add_figures(Labels& labels, const Figures& figures) {
  std::vector<std::optional<Cents>> amounts;
  for (const auto& [_, amount] : figures) amounts.push_back(amount);
  const auto texts = aligned_usd(amounts);
  for (std::size_t i = 0; i < figures.size(); ++i) labels.add(figures[i].first, texts[i]);
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
  if (session.is_json()) {
    print_json(session.output(), wire::canonical<PreviewPostpaidInvoiceResponse>(
                                     answer.document.root(), answer.document.arena()));
    return ExitCode::done;
  }
  print_preview(session, answer.value);
  session.messages().note("credits are negative, as the service writes them");
  return ExitCode::done;
}

Status get_spending_limit(Session& session) {
  auto answer = TRY(exchange(session, GetSpendingLimits{}));
  if (session.is_json()) {
    print_json(session.output(), wire::canonical<GetSpendingLimitsResponse>(
                                     answer.document.root(), answer.document.arena()));
    return ExitCode::done;
  }
  const SpendingLimits limits = answer.value.spending_limits.value_or(SpendingLimits{});
  Figures figures{{"In force", limits.effective_sl},
                  {"Soft limit", limits.soft_sl},
                  {"Hard limit", limits.effective_hard_sl},
                  {"Hard limit, computed", limits.hard_sl_auto}};
  if (limits.hard_sl_override) figures.emplace_back("Hard limit, by xAI", limits.hard_sl_override);
  Labels labels;
  add_figures(labels, figures);
  labels.print(session.output());
  return ExitCode::done;
}

/// What people know a method by: `visa …4444, until 12/2030`.
std::string details_of(const PaymentMethod& method) {
  if (const auto& card = method.card_details)
    return card->brand + " ending in " + card->last4 + ", until " +
           std::to_string(card->exp_month) + "/" + std::to_string(card->exp_year);
  if (const auto& account = method.us_bank_account_details)
    return account->bank_name + " account ending in " + account->last4 +
           (account->blocked ? ", blocked: " + account->blocked->block_reason : "");
  if (const auto& link = method.link_details) return link->email;
  return "-";
}

template <auto member>
CsvCell owner_of(const PaymentMethod& method) {
  return method.billing_info ? csv_of(*method.billing_info.*member) : CsvCell{};
}

Status list_payment_methods(Session& session, const std::string& typed_columns) {
  auto answer = TRY(exchange(session, ListPaymentMethods{}));
  if (session.is_json()) {
    print_json(session.output(), wire::canonical<ListPaymentMethodsResponse>(
                                     answer.document.root(), answer.document.arena()));
    return ExitCode::done;
  }
  auto list = TRY(List<PaymentMethod>::open(session, typed_columns));
  for (const PaymentMethod& method : answer.value.payment_methods) list.add(method);
  list.end();
  if (answer.value.payment_methods.empty() && session.format() == Format::text)
    session.messages().note("there is no payment method on file; add one in the xAI console");
  if (answer.value.pending_payment_method)
    session.messages().note("a further method waits to be confirmed in the xAI console");
  return ExitCode::done;
}

Status get_billing_info(Session& session) {
  auto answer = TRY(exchange(session, GetBillingInfo{}));
  if (session.is_json()) {
    print_json(session.output(), wire::canonical<GetBillingInfoResponse>(answer.document.root(),
                                                                         answer.document.arena()));
    return ExitCode::done;
  }
  if (!answer.value.billing_info) {
    session.messages().note("nobody has said yet who is billed");
    return ExitCode::done;
  }
  const BillingInfo& info = *answer.value.billing_info;
  Labels labels;
  labels.add("Name", info.name);
  labels.add("Email", info.email);
  if (info.address) {
    const Address& address = *info.address;
    std::vector<std::string> parts;
    for (const std::string& part : {address.line1, address.line2, address.postal_code, address.city,
                                    address.state, address.country})
      if (!part.empty()) parts.push_back(part);
    labels.add("Address", listed(parts));
  }
  if (!info.tax_number.empty()) labels.add("Tax number", info.tax_number + " " + info.tax_id_type);
  labels.print(session.output());
  return ExitCode::done;
}

}  // namespace

template <>
const std::vector<ListColumn<PaymentMethod>>& columns<PaymentMethod>() {
  static const std::vector<ListColumn<PaymentMethod>> all{
      {{"paymentMethodId", "ID", 1}, csv_member<&PaymentMethod::payment_method_id>},
      {{"paymentType", "TYPE", 2}, csv_member<&PaymentMethod::payment_type>},
      {{"details", "DETAILS", 3},
       [](const PaymentMethod& one) { return CsvCell{details_of(one)}; }},
      {{"name", "NAME", 4}, owner_of<&BillingInfo::name>},
      {{"email", "EMAIL"}, owner_of<&BillingInfo::email>},
      {{"addedTs", "ADDED", 5},
       csv_member<&PaymentMethod::added_ts>,
       time_member<&PaymentMethod::added_ts>}};
  return all;
}

Run declare_preview_invoice(Options&) { return preview_invoice; }
Run declare_get_spending_limit(Options&) { return get_spending_limit; }
Run declare_list_payment_methods(Options& options) {
  auto columns = std::make_shared<std::string>();
  declare_columns(options, *columns);
  return [columns](Session& session) { return list_payment_methods(session, *columns); };
}
Run declare_get_billing_info(Options&) { return get_billing_info; }

}  // namespace xai::cli
