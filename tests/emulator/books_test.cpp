#include <algorithm>

#include "base/decimal.h"
#include "emulator/billed.h"

namespace xai::emulator::test {
namespace {

/// What analyzeUsage says of a month of UTC, in whole cents, cut.
std::int64_t usage_cents(Emulated& emulated, const management::BillingCycle& cycle) {
  const auto day = [](std::int32_t year, std::int32_t month) {
    const std::string number = std::to_string(month);
    return std::to_string(year) + (month < 10 ? "-0" : "-") + number + "-01 00:00:00";
  };
  const bool is_last = cycle.month == 12;
  const Answer answer = emulated.post(
      billing("usage"), R"({"analyticsRequest":{"timeRange":{"startTime":")" +
                            day(cycle.year, cycle.month) + R"(","endTime":")" +
                            day(cycle.year + (is_last ? 1 : 0), is_last ? 1 : cycle.month + 1) +
                            R"(","timezone":"UTC"},"timeUnit":"TIME_UNIT_DAY",
        "values":[{"name":"usd","aggregation":"AGGREGATION_SUM"}],"groupBy":["description"]}})");
  base::DecimalSum sum;
  for (const auto& series : read<management::AnalyzeUsageResponse>(answer).time_series)
    for (const auto& point : series.data_points) sum.add(point.values.front().text);
  // Cut: as many whole cents as are in it.
  return sum.rounded(10).value_or(-1) / 100'000'000;
}

std::int64_t sum_of(const std::vector<management::InvoiceLine>& lines) {
  std::int64_t sum = 0;
  for (const auto& line : lines) {
    // A line may have the cent that those before it missed together.
    const std::int64_t cut = line.num_units * line.unit_price / 100'000'000;
    EXPECT_GE(cents(line.amount), cut);
    EXPECT_LE(cents(line.amount), cut + 1);
    sum += cents(line.amount);
  }
  return sum;
}

void expect_preview_adds_up(Emulated& emulated, const management::PrepaidBalance& balance) {
  const auto preview = preview_of(emulated);
  const auto limits = read<management::GetSpendingLimitsResponse>(
      emulated.get(billing("postpaid/spending-limits")));
  const auto core = core_of(emulated);
  const std::int64_t spent = cents(core.total_with_corr);
  const std::int64_t credit = std::max<std::int64_t>(-cents(balance.total), 0);
  EXPECT_EQ(spent,
            usage_cents(emulated, preview.billing_cycle.value_or(management::BillingCycle{})));
  EXPECT_EQ(cents(core.amount_after_vat), cents(core.amount_before_vat) + cents(core.vat_cost));
  EXPECT_EQ(core.amount_after_vat, core.total_with_corr);
  EXPECT_EQ(sum_of(core.lines), spent);
  EXPECT_EQ(core.prepaid_credits, balance.total);
  EXPECT_EQ(-cents(core.prepaid_credits_used), std::min(spent, credit));
  EXPECT_EQ(preview.effective_spending_limit,
            limits.spending_limits.value_or(management::SpendingLimits{}).effective_sl);
}

void expect_bought(const management::Invoice& invoice, const management::PrepaidBalance& balance) {
  const auto bought = std::ranges::find(balance.changes, std::optional{invoice.invoice_id},
                                        &management::PrepaidBalanceChange::invoice_id);
  ASSERT_NE(bought, balance.changes.end());
  EXPECT_EQ(-cents(bought->amount), cents(invoice.total));
  EXPECT_EQ(bought->invoice_number, invoice.invoice_number);
}

/// Gives what was drawn on prepaid credit for that month.
std::int64_t drawn_for(const management::BillingCycle& cycle,
                       const management::PrepaidBalance& balance) {
  for (const auto& change : balance.changes)
    if (change.spend_bp_key_year == cycle.year && change.spend_bp_key_month == cycle.month)
      return cents(change.amount);
  return 0;
}

void expect_invoices_add_up(Emulated& emulated, const management::PrepaidBalance& balance) {
  const auto listed = read<management::ListInvoicesResponse>(emulated.get(billing("invoices")));
  std::int64_t spends = 0;
  for (const auto& invoice : listed.invoices) {
    EXPECT_EQ(cents(invoice.total), cents(invoice.subtotal) + cents(invoice.tax));
    if (!invoice.monthly) {
      expect_bought(invoice, balance);
      continue;
    }
    const auto cycle = invoice.monthly->billing_cycle.value_or(management::BillingCycle{});
    EXPECT_EQ(cents(invoice.total), usage_cents(emulated, cycle));
    EXPECT_EQ(sum_of(invoice.lines), cents(invoice.total));
    const std::int64_t drawn = drawn_for(cycle, balance);
    EXPECT_EQ(-cents(invoice.monthly->prepaid_tokens_to_spend), drawn);
    EXPECT_LE(drawn, cents(invoice.total));
    if (drawn != 0) ++spends;
  }
  EXPECT_EQ(std::ranges::count(balance.changes, "SPEND",
                               &management::PrepaidBalanceChange::change_origin),
            spends);
}

/// Every figure of one emulator against the others.
void expect_books_add_up(Emulated& emulated) {
  const auto balance = balance_of(emulated);
  std::int64_t total = 0;
  for (const auto& change : balance.changes)
    if (change.topup_status.value_or("SUCCEEDED") == "SUCCEEDED") total += cents(change.amount);
  EXPECT_EQ(total, cents(balance.total));
  expect_preview_adds_up(emulated, balance);
  expect_invoices_add_up(emulated, balance);
}

TEST(Books, AddUp) {
  for (const std::uint64_t seed : {1U, 20U, 300U})
    for (const std::string credit : {"-1000", "-9000", "-900000"}) {
      SCOPED_TRACE(std::to_string(seed) + " with " + credit);
      Options given = team_with(R"("prepaid":[{"amount":")" + credit + R"(","createdAgo":"150d"},
          {"changeOrigin":"AUTO_PURCHASE","amount":")" +
                                credit + R"(","createdAgo":"40d"},
          {"topupStatus":"TO_CHARGE","amount":"-700","createdAgo":"3d"},
          {"changeOrigin":"MANUAL","amount":"500","createdAgo":"160d"}],
          "spendingLimits":{"hardSlAuto":"22500","softSl":"30000"})");
      given.random_seed = seed;
      given.ledger_lag = 0s;
      Emulated emulated{given};
      expect_books_add_up(emulated);
      for (const char* span : {"11h", "1d", "28d", "100d"}) {
        emulated.advance(span);
        SCOPED_TRACE(span);
        expect_books_add_up(emulated);
      }
    }
}

TEST(Books, OfTheDefaultTeamTellsAStory) {
  for (const std::uint64_t seed : {0U, 1U, 2U, 3U, 4U}) {
    Options given = options();
    given.random_seed = seed;
    Emulated emulated{given};
    expect_books_add_up(emulated);
    EXPECT_GT(cents(core_of(emulated).total_with_corr), 0);
    EXPECT_GT(cents(core_of(emulated).live_credit()), 0);
    EXPECT_TRUE(names(emulated.get(Emulated::keys())).empty());
  }
}

}  // namespace
}  // namespace xai::emulator::test
