#include "cli/commands/billing/billing.h"

#include "base/time_text.h"
#include "cli/render/amount.h"
#include "cli/render/table.h"
#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

std::string cycle_text(const std::optional<BillingCycle>& cycle) {
  return cycle ? base::format_month(cycle->year, cycle->month) : "";
}

Result<BillingCycle> parse_cycle(const std::string& option, const std::string& text) {
  if (const auto date = base::parse_date(text + "-01")) {
    const std::chrono::year_month_day first{std::chrono::floor<std::chrono::days>(*date)};
    return BillingCycle{.year = static_cast<int>(first.year()),
                        .month = static_cast<std::int32_t>(static_cast<unsigned>(first.month()))};
  }
  return usage_failure(option + " must be a month, not " + in_quotes(text),
                       "give year and month such as 2026-10");
}

void add_figures(Labels& labels, const Figures& figures) {
  std::vector<std::optional<Cents>> amounts;
  for (const auto& [_, amount] : figures) amounts.push_back(amount);
  const auto texts = aligned_usd(amounts);
  for (std::size_t i = 0; i < figures.size(); ++i)
    labels.add(figures[i].first, texts[i], figures[i].first == "Total" ? Style::strong : Style{});
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

}  // namespace xai::cli
