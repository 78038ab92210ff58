#include "cli/commands/billing/billing.h"

#include <charconv>
#include <cstdio>

#include "cli/render/amount.h"
#include "cli/render/table.h"
#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

std::string cycle_text(const std::optional<BillingCycle>& cycle) {
  if (!cycle) return {};
  const std::string month = std::to_string(cycle->month);
  return std::to_string(cycle->year) + (month.size() < 2 ? "-0" : "-") + month;
}

Result<BillingCycle> parse_cycle(const std::string& option, const std::string& text) {
  const auto number = [&](std::size_t from, std::size_t size) {
    std::int32_t value = -1;
    const char* const end = text.data() + from + size;
    return std::from_chars(text.data() + from, end, value).ptr == end ? value : -1;
  };
  if (text.size() == 7 && text[4] == '-') {
    const BillingCycle cycle{.year = number(0, 4), .month = number(5, 2)};
    if (cycle.year > 0 && cycle.month >= 1 && cycle.month <= 12) return cycle;
  }
  return usage_failure(option + " wants a month, not " + in_quotes(text),
                       "give year and month such as 2026-10");
}

void print_invoice_lines(Session& session, const std::vector<InvoiceLine>& lines) {
  if (lines.empty()) return;
  session.output().write("\n");
  Table table{session.output(),
              {{"DESCRIPTION"}, {"UNIT"}, {"UNITS", true}, {"AMOUNT", true}, {"CLUSTER"}}};
  for (const InvoiceLine& line : lines)
    table.add({{line.description},
               {line.unit_type},
               {std::to_string(line.num_units)},
               {usd_of(line.amount)},
               {line.cluster_name}});
  table.print();
}

std::vector<Command> billing_commands() {
  std::vector<Command> list;
  list.push_back({.name = "balance",
                  .group = Group::billing,
                  .summary = "Show the credit that is really left, and how long it lasts",
                  .description =
                      "The live credit is what the running billing cycle has left of the prepaid "
                      "credit. The posted ledger says more until the cycle closes. How long it "
                      "lasts is told from the usage of up to 30 whole days, days without usage "
                      "included. Exit code 7: less is left than --fail-below says.",
                  .examples = {"balance", "balance --fail-below 7d --quiet > /dev/null"},
                  .formats = {"text", "json"},
                  .declare = declare_balance});
  list.push_back(
      {.name = "list-invoices",
       .group = Group::billing,
       .summary = "List the team's invoices, the newest first",
       .description = "--cycle and --since go by billing cycles, which are months; one "
                      "of them at a time.",
       .examples = {"list-invoices --since 2026-07", "list-invoices --kind monthly --output csv"},
       .formats = {"text", "json", "jsonl", "csv"},
       .declare = declare_list_invoices});
  list.push_back({.name = "get-invoice",
                  .group = Group::billing,
                  .summary = "Show one invoice with its lines and what became of it",
                  .description =
                      "Amounts are the service's own. Parts of a cent are cut off there, "
                      "so lines of 0.00 are no mistake.",
                  .examples = {"get-invoice aUa1nsnCQfxOFnWjqdimZczKKNJJ5xuwlkb-k0XiUOQ=",
                               "get-invoice 271-556-576-705 --output json"},
                  .formats = {"text", "json"},
                  .declare = declare_get_invoice});
  list.push_back({.name = "preview-invoice",
                  .group = Group::billing,
                  .summary = "Show the invoice of the running billing cycle as it stands",
                  .description = {},
                  .examples = {"preview-invoice", "preview-invoice --output json"},
                  .formats = {"text", "json"},
                  .declare = declare_preview_invoice});
  list.push_back({.name = "get-spending-limit",
                  .group = Group::billing,
                  .summary = "Show the limits on spending beyond prepaid credit",
                  .description = "The soft limit is yours to set, up to the hard one. Prepaid "
                                 "credit is used first and is not limited.",
                  .examples = {"get-spending-limit", "get-spending-limit --output json"},
                  .formats = {"text", "json"},
                  .declare = declare_get_spending_limit});
  list.push_back({.name = "list-payment-methods",
                  .group = Group::billing,
                  .summary = "List the payment methods on file",
                  .description = "Which one is the default cannot be read back. Methods are added "
                                 "and removed in the xAI console.",
                  .examples = {"list-payment-methods", "list-payment-methods --output csv"},
                  .formats = {"text", "json", "csv"},
                  .declare = declare_list_payment_methods});
  list.push_back({.name = "get-billing-info",
                  .group = Group::billing,
                  .summary = "Show who is billed",
                  .description = {},
                  .examples = {"get-billing-info", "get-billing-info --output json"},
                  .formats = {"text", "json"},
                  .declare = declare_get_billing_info});
  return list;
}

}  // namespace xai::cli
