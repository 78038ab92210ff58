#include "xai/management/balance.h"

#include <gtest/gtest.h>

#include "fakes/answers_by_path.h"
#include "workflows/account_fixture.h"

namespace xai::workflows {
namespace {

using namespace management;
using namespace std::chrono;
using test::EmulatedAccount;

const std::string preview =
    R"({"coreInvoice":{"totalWithCorr":{"val":"11666"},"prepaidCredits":{"val":"-16847"},)"
    R"("prepaidCreditsUsed":{"val":"-11666"},"lines":[]},"effectiveSpendingLimit":"20000",)"
    R"("billingCycle":{"year":2027,"month":1}})";
const std::string ledger_answer =
    R"({"changes":[{"changeOrigin":"PURCHASE","amount":{"val":"-16847"},)"
    R"("createTime":"2026-01-01T00:00:00Z"}],"total":{"val":"-16847"}})";
const std::string recent_usage_answer =
    R"({"timeSeries":[{"group":[],"dataPoints":[{"timestamp":"2027-01-20T00:00:00Z",)"
    R"("values":[102]}]}],"limitReached":false})";

/// `text` without the member that begins with `"name":` and ends with `end`.
std::string without(std::string text, const std::string& name, const std::string& end) {
  const std::size_t begin = text.find("\"" + name + "\":");
  return text.erase(begin, text.find(end, begin) + end.size() - begin);
}

/// It is noon of 2027-01-31, here and at the service.
struct BalanceTest : testing::Test {
  BalanceTest() {
    account.reach_through(service.serve());
    service.answer("preview", preview);
    service.answer("balance", ledger_answer);
    service.answer("usage", recent_usage_answer);
  }
  Balance read() { return management::balance(*account, account.listening()).value(); }

  fakes::AnswersByPath service{};
  EmulatedAccount account{};
};

TEST_F(BalanceTest, HoldsAllFigures) {
  const Balance balance = read();
  EXPECT_TRUE(balance.has_prepaid && balance.has_postpaid);
  EXPECT_EQ(balance.live_credit, Cents{5'181});
  EXPECT_EQ(balance.posted_credit, Cents{16'847});
  EXPECT_EQ(balance.cycle_spend, Cents{11'666});
  EXPECT_EQ(balance.effective_spending_limit, Cents{20'000});
  EXPECT_EQ(balance.left_under_limit, Cents{20'000});
  EXPECT_EQ(balance.burn->used, Decimal{"102"});
  EXPECT_EQ(balance.burn->day_count, 30);
  EXPECT_EQ(balance.burn->per_day, Cents{340});
  EXPECT_EQ(balance.runway.state, RunwayState::known);
  EXPECT_EQ(duration_cast<days>(*balance.runway.left), days{15});
  EXPECT_EQ(balance.day, sys_days{2027y / January / 31});
  EXPECT_EQ(service.requests.size(), 3);
}

TEST_F(BalanceTest, AgreesWithTheEmulator) {
  EmulatedAccount emulated;
  const auto balance = management::balance(*emulated);
  ASSERT_TRUE(balance) << balance.error().message;
  const auto invoice = (*emulated).client.send(PreviewPostpaidInvoice{});
  EXPECT_EQ(balance->live_credit, invoice->core_invoice->live_credit());
  EXPECT_TRUE(balance->live_credit && balance->posted_credit && balance->burn);
}

TEST_F(BalanceTest, TakesNoMissingFigureForZero) {
  service.answer("preview", without(preview, "prepaidCreditsUsed", "},"));
  EXPECT_FALSE(read().live_credit);
  EXPECT_FALSE(read().left_under_limit);  // How much of the spending was prepaid is not known.
  EXPECT_EQ(read().runway.state, RunwayState::credit_unknown);
  service.answer("preview", without(preview, "prepaidCredits", "},"));
  EXPECT_FALSE(read().live_credit);
  service.answer("preview", without(preview, "totalWithCorr", "},"));
  EXPECT_FALSE(read().cycle_spend);
  EXPECT_FALSE(read().left_under_limit);
  EXPECT_EQ(read().live_credit, Cents{5'181});
  service.answer("preview", without(preview, "effectiveSpendingLimit", ","));
  EXPECT_FALSE(read().effective_spending_limit);
  EXPECT_FALSE(read().left_under_limit);
  service.answer("preview", "{}");
  EXPECT_FALSE(read().live_credit);
  EXPECT_FALSE(read().cycle);
  EXPECT_TRUE(read().has_postpaid);
  service.answer("preview", preview);
  service.answer("balance", R"({"changes":[]})");
  EXPECT_FALSE(read().posted_credit);
  EXPECT_TRUE(read().has_prepaid);
}

TEST_F(BalanceTest, KnowsTeamsWithoutPostpaid) {
  for (const int status : {404, 400}) {
    service.answer("preview", R"({"code":5,"message":"no"})", status);
    const Balance balance = read();
    EXPECT_FALSE(balance.has_postpaid);
    EXPECT_FALSE(balance.live_credit);
    EXPECT_EQ(balance.posted_credit, Cents{16'847});
    EXPECT_EQ(balance.runway.state, RunwayState::credit_unknown);
  }
}

TEST_F(BalanceTest, KnowsTeamsWithoutPrepaid) {
  service.answer("balance", "", 404);
  service.answer("preview", R"({"coreInvoice":{"totalWithCorr":{"val":"300"},)"
                            R"("prepaidCredits":{"val":"0"},"prepaidCreditsUsed":{"val":"0"}},)"
                            R"("effectiveSpendingLimit":"20000"})");
  const Balance balance = read();
  EXPECT_FALSE(balance.has_prepaid);
  EXPECT_FALSE(balance.live_credit);
  EXPECT_EQ(balance.left_under_limit, Cents{19'700});
  EXPECT_EQ(balance.runway.state, RunwayState::no_prepaid_credit);
}

TEST_F(BalanceTest, RefusesATeamThatHasNeither) {
  service.answer("balance", "", 404);
  service.answer("preview", "", 404);
  const auto balance = management::balance(*account);
  ASSERT_FALSE(balance);
  EXPECT_EQ(balance.error().kind, ErrorKind::not_found);
}

TEST_F(BalanceTest, FailsByTheFirstReadThatDoesWhicheverEndsFirst) {
  service.answer("preview", R"({"code":13,"message":"the preview"})", 500);
  service.answer("balance", R"({"code":16,"message":"the ledger"})", 401);
  service.answer("usage", R"({"code":7,"message":"the usage"})", 403);
  EXPECT_EQ(management::balance(*account, account.listening()).error().http_status, 500);
  service.answer("preview", preview);
  EXPECT_EQ(management::balance(*account, account.listening()).error().http_status, 401);
  EXPECT_TRUE(account.events<Warning>().empty());
}

TEST_F(BalanceTest, GoesWithoutUsageThatCannotBeRead) {
  service.answer("usage", R"({"code":7,"message":"no"})", 403);
  const Balance balance = read();
  EXPECT_EQ(balance.live_credit, Cents{5'181});
  EXPECT_FALSE(balance.burn);
  ASSERT_TRUE(balance.usage_failure);
  EXPECT_EQ(balance.usage_failure->http_status, 403);
  EXPECT_EQ(balance.runway.state, RunwayState::usage_unreadable);
  const auto warnings = account.events<Warning>();
  ASSERT_EQ(warnings.size(), 1);
  EXPECT_EQ(warnings[0].kind, WarningKind::usage_unreadable);
  EXPECT_EQ(warnings[0].detail, balance.usage_failure->message);
}

TEST_F(BalanceTest, TellsNoRunwayFromUsageThatWasCut) {
  service.answer("usage", R"({"timeSeries":[],"limitReached":true})");
  const Balance balance = read();
  EXPECT_FALSE(balance.burn);
  EXPECT_FALSE(balance.usage_failure);
  EXPECT_EQ(balance.runway.state, RunwayState::usage_incomplete);
}

TEST_F(BalanceTest, AsksForUsageAgainWhereTheServiceIsOnAnotherDay) {
  service.answer("usage", recent_usage_answer, 200, {{"date", "Mon, 01 Feb 2027 00:10:00 GMT"}});
  EXPECT_EQ(read().day, sys_days{2027y / February / 1});
  const auto asked = service.bodies("usage");
  ASSERT_EQ(asked.size(), 2);
  EXPECT_TRUE(asked[0].contains(R"("startTime":"2027-01-01 00:00:00")")) << asked[0];
  EXPECT_TRUE(asked[1].contains(R"("startTime":"2027-01-02 00:00:00")")) << asked[1];
  EXPECT_TRUE(asked[1].contains(R"("endTime":"2027-02-02 00:00:00")")) << asked[1];
  // From then on the service's day is known, and asked for at once.
  service.requests.clear();
  EXPECT_EQ(read().burn->day_count, 30);
  EXPECT_EQ(service.requests.size(), 3);
}

TEST_F(BalanceTest, AsksOneByOneWhereALogTellsTheRequests) {
  std::vector<std::string> log;
  ClientOptions options{.management_key = Secret{test::key},
                        .log = [&](std::string_view line) { log.emplace_back(line); },
                        .transport = service.serve()};
  // The team comes first, once.
  service.answer("validation", R"({"teamId":"t"})");
  const Account logged{.client = client::make_client(
                           std::move(options), {account.time().clock(), account.time().sleep()})};
  ASSERT_TRUE(management::balance(logged));
  ASSERT_EQ(log.size(), 4);
  for (std::size_t i = 0; const auto* const end : {"/validation", "/preview", "/balance", "/usage"})
    EXPECT_TRUE(log[i++].contains(end)) << log[i - 1];
}

}  // namespace
}  // namespace xai::workflows
