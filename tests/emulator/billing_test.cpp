#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/decimal.h"
#include "emulator/emulated.h"
#include "emulator/seed.h"
#include "wire/operations.h"

namespace xai::emulator::test {
namespace {

using management::Cents;

std::string billing(std::string_view what) {
  return "/v1/billing/teams/" + std::string{team} + "/" + std::string{what};
}

template <class T>
T read(const Answer& answer) {
  EXPECT_EQ(answer.status(), 200) << answer.response.body;
  return wire::decode<T>(answer.body()).value();
}

/// One team with these members; its key may use everything.
Options team_with(std::string_view members) {
  Options given = options();
  given.seed = parse_seed(R"({"teams":[{)" + std::string{members} + R"(}],"apiKeys":[
      {"name":"all","createdAgo":"100d","apiKeyId":"aaaaaaaa-0000-4000-8000-000000000001",
       "aclStrings":["api-key:endpoint:*","api-key:model:*"]},
      {"name":"gone","createdAgo":"200d","deletedAgo":"20d","aclStrings":
       ["api-key:endpoint:*","api-key:model:grok-3","api-key:model:trial-voice"]}]})")
                   .value();
  return given;
}

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

/// A figure that has to be there.
std::int64_t cents(const std::optional<Cents>& figure) {
  EXPECT_TRUE(figure.has_value());
  return figure.value_or(Cents{-1}).value;
}

std::int64_t sum_of(const std::vector<management::InvoiceLine>& lines) {
  std::int64_t sum = 0;
  for (const auto& line : lines) {
    EXPECT_EQ(cents(line.amount), line.num_units * line.unit_price / 100'000'000);
    sum += cents(line.amount);
  }
  return sum;
}

management::PreviewPostpaidInvoiceResponse preview_of(Emulated& emulated) {
  return read<management::PreviewPostpaidInvoiceResponse>(
      emulated.get(billing("postpaid/invoice/preview")));
}

management::CoreInvoice core_of(Emulated& emulated) {
  return preview_of(emulated).core_invoice.value_or(management::CoreInvoice{});
}

management::PrepaidBalance balance_of(Emulated& emulated) {
  return read<management::PrepaidBalance>(emulated.get(billing("prepaid/balance")));
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
  EXPECT_LE(sum_of(core.lines), spent);
  EXPECT_GE(sum_of(core.lines) + static_cast<std::int64_t>(core.lines.size()), spent);
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
    EXPECT_LE(sum_of(invoice.lines), cents(invoice.total));
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

TEST(Billing, TheBooksAddUp) {
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
      Emulated emulated{given};
      expect_books_add_up(emulated);
      for (const char* span : {"11h", "1d", "28d", "100d"}) {
        emulated.advance(span);
        SCOPED_TRACE(span);
        expect_books_add_up(emulated);
      }
    }
}

TEST(Billing, OfTheDefaultTeamTellsAStory) {
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

TEST(Billing, SettlesWhenTheCycleCloses) {
  Emulated emulated{team_with(R"("prepaid":[{"amount":"-900000","createdAgo":"250d"}])")};
  const auto spends = [&] {
    return std::ranges::count(balance_of(emulated).changes, "SPEND",
                              &management::PrepaidBalanceChange::change_origin);
  };
  const auto live = [&] { return cents(core_of(emulated).live_credit()); };
  const auto before = spends();
  emulated.advance("11h");
  const auto live_before = live();
  EXPECT_EQ(spends(), before);
  emulated.advance("1h");
  EXPECT_EQ(spends(), before + 1);
  EXPECT_LE(live(), live_before);
  EXPECT_GE(live(), live_before - 100);
}

TEST(Billing, PastMonthsStayAsTheyWere) {
  Emulated emulated{team_with("")};
  const std::string december = billing("invoices?billingCycle.year=2026&billingCycle.month=12");
  const std::string before = emulated.get(december).response.body;
  EXPECT_EQ(emulated.remove("aaaaaaaa-0000-4000-8000-000000000001").status(), 200);
  emulated.advance("40d");
  EXPECT_EQ(emulated.get(december).response.body, before);
}

TEST(Billing, InvoicesAreFiltered) {
  Emulated emulated{team_with(R"("prepaid":[{"amount":"-1000","createdAgo":"45d"}])")};
  const auto list = [&](std::string_view query) {
    return read<management::ListInvoicesResponse>(
               emulated.get(billing("invoices" + std::string{query})))
        .invoices;
  };
  const auto all = list("");
  ASSERT_GT(all.size(), 4U);
  EXPECT_EQ(list("?billingCycle.year=2026&billingCycle.month=12").size(), 2U);
  EXPECT_EQ(list("?since.year=2026&since.month=12").size(), 2U);
  EXPECT_EQ(list("?since.year=2026&since.month=11").size(), 3U);
  std::string id = all[1].invoice_id;
  id.replace(id.size() - 1, 1, "%3D");
  const auto one = list("?invoiceIds.invoiceIds=" + id + "&invoiceIds.invoiceIds=none");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one.front().invoice_number, all[1].invoice_number);
  EXPECT_EQ(emulated.get(billing("invoices?since.year=2026")).status(), 400);
  EXPECT_EQ(emulated.get(billing("invoices?since.year=2026&since.month=13")).status(), 400);
  EXPECT_EQ(emulated.get(billing("invoices?since.year=2026&since.month=1&invoiceIds.invoiceIds=a"))
                .status(),
            400);
}

TEST(Billing, SomeTeamsHaveNoPrepaidOrPostpaid) {
  Emulated without_prepaid{team_with(R"("prepaid":"none")")};
  const Answer balance = without_prepaid.get(billing("prepaid/balance"));
  EXPECT_EQ(balance.status(), 404);
  EXPECT_EQ(balance.response.body, "");
  EXPECT_EQ(core_of(without_prepaid).prepaid_credits, Cents{0});
  Emulated without_postpaid{team_with(R"("spendingLimits":"none","invoices":"none")")};
  for (const char* what : {"postpaid/invoice/preview", "postpaid/spending-limits"})
    EXPECT_TRUE(
        refuses(without_postpaid.get(billing(what)), 404, "5", "Team has no postpaid billing"));
  EXPECT_EQ(without_postpaid.get(billing("prepaid/balance")).response.body,
            R"({"changes":[],"total":{"val":"0"}})");
  EXPECT_EQ(without_postpaid.get(billing("invoices")).response.body, R"({"invoices":[]})");
  EXPECT_EQ(without_postpaid.get(billing("billing-info")).response.body, "{}");
  EXPECT_EQ(without_postpaid.get(billing("payment-method")).response.body,
            R"({"paymentMethods":[]})");
}

TEST(Billing, RunsOutOfCreditWhenTheSeedSaysSo) {
  const std::string purchase = R"("prepaid":[{"amount":"-50","createdAgo":"150d"}])";
  Emulated lenient{team_with(purchase)};
  EXPECT_EQ(lenient.get(Emulated::keys()).status(), 200);
  Emulated strict{team_with(purchase + R"(,"enforceCredit":true)")};
  EXPECT_EQ(strict.get(Emulated::keys()).status(), 429);
  EXPECT_EQ(strict.get(billing("prepaid/balance")).status(), 200);
  Emulated rich{team_with(R"("prepaid":[{"amount":"-9000000"}],"enforceCredit":true)")};
  EXPECT_EQ(rich.get(Emulated::keys()).status(), 200);
  Emulated postpaid{team_with(purchase + R"(,"enforceCredit":true,
      "spendingLimits":{"hardSlAuto":"9000000","softSl":"9000000"})")};
  EXPECT_EQ(postpaid.get(Emulated::keys()).status(), 200);
}

/// Whether `ours` has every member that `theirs` has, all the way down.
void expect_members(json::Value theirs, json::Value ours, const std::string& path) {
  if (theirs.is_null()) return;
  EXPECT_EQ(theirs.kind(), ours.kind()) << path;
  for (const json::Member& member : theirs.members()) {
    // R-9: in billing answers an unset message is left out, not null.
    if (member.value.is_null()) continue;
    expect_members(member.value, ours.find(member.name), path + "." + std::string{member.name});
  }
  if (!theirs.is_array() || theirs.items().empty()) return;
  ASSERT_FALSE(ours.items().empty()) << path;
  // Any one of ours: a list may hold several kinds of things.
  const auto is_alike = [&](const json::Value& item) {
    return std::ranges::all_of(theirs.items()[0].members(), [&](const json::Member& member) {
      return member.value.is_null() || !item.find(member.name).is_null();
    });
  };
  const auto items = ours.items();
  const auto alike = std::ranges::find_if(items, is_alike);
  ASSERT_NE(alike, items.end()) << path;
  expect_members(theirs.items()[0], *alike, path + "[]");
}

TEST(Billing, AnswersHaveTheDocumentedMembers) {
  Seed seed = default_seed();
  // So that there is something to charge, and it has been charged.
  seed.teams.front().billing.purchases.resize(1);
  Options given = options();
  given.seed = std::move(seed);
  Emulated emulated{given};
  emulated.advance("30d");
  const std::vector<std::pair<std::string, std::string>> calls{
      {"get_prepaid_balance", billing("prepaid/balance")},
      {"preview_postpaid_invoice", billing("postpaid/invoice/preview")},
      {"list_invoices", billing("invoices?since.year=2026&since.month=12")},
      {"get_spending_limits", billing("postpaid/spending-limits")},
      {"list_payment_methods", billing("payment-method")},
      {"get_billing_info", billing("billing-info")}};
  for (const auto& [name, target] : calls) {
    std::ifstream stream{XAI_SOURCE_DIR "/contract/" + name + ".json"};
    const auto contract =
        json::Document::parse({std::istreambuf_iterator<char>{stream}, {}}).value();
    const Answer answer = emulated.get(target);
    EXPECT_EQ(answer.response.body.find("null"), std::string::npos) << name;
    expect_members(contract.root().find("response"), answer.body(), name);
  }
}

TEST(Billing, NullsAreWrittenWhenAskedFor) {
  Options given = team_with("");
  given.nulls = true;
  Emulated emulated{given};
  EXPECT_EQ(emulated.get(billing("postpaid/spending-limits")).response.body,
            R"({"spendingLimits":{"hardSlOverride":null,"hardSlAuto":{"val":"0"},)"
            R"("effectiveHardSl":{"val":"0"},"softSl":{"val":"0"},"effectiveSl":{"val":"0"}}})");
}

TEST(Billing, NeedsTheRight) {
  Options given = options();
  Seed seed;
  seed.teams.push_back({.team_id = std::string{team}});
  auto reader = new_management_key(Secret{"xai-token-reader"}, std::string{team});
  reader.key.acls = {"team-token:endpoint:ListApiKeys"};
  seed.management_keys.push_back(std::move(reader));
  given.seed = std::move(seed);
  Emulated emulated{given};
  for (const char* what : {"prepaid/balance", "postpaid/invoice/preview", "invoices",
                           "postpaid/spending-limits", "payment-method", "billing-info"}) {
    EXPECT_EQ(emulated.get(billing(what), "xai-token-reader").status(), 403) << what;
    EXPECT_EQ(emulated.get(billing(what)).status(), 200) << what;
  }
  EXPECT_EQ(emulated.post(billing("usage"), "{}", "xai-token-reader").status(), 403);
}

TEST(Billing, SeedsAreReadStrictly) {
  const auto complaint = [](const std::string& members) {
    const auto seed = parse_seed(R"({"teams":[{)" + members + "}]}");
    return seed ? "" : seed.error().message;
  };
  EXPECT_EQ(complaint(R"("prepaid":"some")"), "teams[0]: `prepaid` should be an array or \"none\"");
  EXPECT_EQ(complaint(R"("prepaid":[{"amount":"100"}])"),
            "teams[0]: `amount` should be cents, and negative, as credit is");
  EXPECT_NE(complaint(R"("prepaid":[{"amount":"-1","createdAgo":"soon"}])"), "");
  EXPECT_NE(complaint(R"("prepaid":[{"amount":"-1","changeOrigin":"SPEND"}])"), "");
  EXPECT_NE(complaint(R"("invoices":"all")"), "");
  EXPECT_NE(complaint(R"("spendingLimits":{"softSl":"-1"})"), "");
  EXPECT_NE(complaint(R"("spendingLimits":{"soft":"1"})"), "");
  EXPECT_NE(complaint(R"("paymentMethods":{})"), "");
  EXPECT_EQ(complaint(R"("prepaid":"none","spendingLimits":"none","invoices":"none")"), "");
}

}  // namespace
}  // namespace xai::emulator::test
