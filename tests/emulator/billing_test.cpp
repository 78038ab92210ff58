#include <algorithm>
#include <fstream>
#include <iterator>

#include "emulator/billed.h"
#include "emulator/seed.h"

namespace xai::emulator::test {
namespace {

using management::Cents;

class LedgerLag : public ::testing::TestWithParam<const char*> {};

TEST_P(LedgerLag, PostsAMonthSomeDaysAfterItsEnd) {
  Emulated emulated{team_with(R"("prepaid":[{"amount":"-900000","createdAgo":"250d"}])")};
  emulated.post("/_emulator/state", R"({"ledgerLag":")" + std::string{GetParam()} + "\"}");
  const auto spends = [&] {
    return std::ranges::count(balance_of(emulated).changes, "SPEND",
                              &management::PrepaidBalanceChange::change_origin);
  };
  const auto posted = [&] { return cents(balance_of(emulated).posted_credit()); };
  const auto live = [&] { return cents(core_of(emulated).live_credit()); };
  const bool lags = std::string_view{GetParam()} != "0s";
  emulated.advance("11h");
  const auto spends_before = spends();
  const auto posted_before = posted();
  const auto live_before = live();
  const auto drawn = posted_before - live_before;
  ASSERT_GT(drawn, 1000);
  emulated.advance("1h");
  // The month is over: the live credit does not jump, and the ledger does not know of it yet.
  EXPECT_LE(live(), live_before);
  EXPECT_GE(live(), live_before - 100);
  EXPECT_EQ(spends(), spends_before + (lags ? 0 : 1));
  EXPECT_EQ(posted() == posted_before, lags);
  emulated.advance(GetParam());
  EXPECT_EQ(spends(), spends_before + 1);
  EXPECT_LE(posted(), posted_before - drawn);
  const auto balance = balance_of(emulated);
  std::int64_t total = 0;
  for (const auto& change : balance.changes) total += cents(change.amount);
  EXPECT_EQ(total, cents(balance.total));
  EXPECT_EQ(core_of(emulated).prepaid_credits, balance.total);
  EXPECT_EQ(balance.changes.back().change_origin, "SPEND");
  EXPECT_EQ(balance.changes.back().create_time,
            at("2027-02-01T00:00:00Z") + *base::parse_span(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Spans, LedgerLag, ::testing::Values("0s", "1h", "2d", "9d"),
                         [](const auto& each) { return std::string{each.param}; });

TEST(Billing, PostsTheLastMonthOnTheThirdUnlessToldOtherwise) {
  Emulated emulated{team_with(R"("prepaid":[{"amount":"-900000","createdAgo":"250d"}])")};
  emulated.advance("60h");
  EXPECT_EQ(balance_of(emulated).changes.back().create_time, at("2027-02-03T00:00:00Z"));
}

TEST(Billing, IncludesCreditsInAMonth) {
  Emulated emulated{team_with(R"("defaultCredits":"500")")};
  EXPECT_EQ(cents(preview_of(emulated).default_credits), 500);
  EXPECT_EQ(parse_seed(R"({"teams":[{"defaultCredits":"-1"}]})").error().message,
            "teams[0]: `defaultCredits` should be cents");
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
            "teams[0]: prepaid[0]: `amount` should be cents, and negative, as credit is");
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
