#include <gtest/gtest.h>

#include "cli/money_fixture.h"

namespace xai::cli::test {
namespace {

const std::string preview =
    R"({"coreInvoice":{"totalWithCorr":{"val":"11666"},"prepaidCredits":{"val":"-16847"},)"
    R"("prepaidCreditsUsed":{"val":"-11666"}},"effectiveSpendingLimit":"20000",)"
    R"("billingCycle":{"year":2026,"month":11}})";
const std::string ledger = R"({"changes":[{"changeOrigin":"PURCHASE","amount":{"val":"-16847"},)"
                           R"("createTime":"2026-01-01T00:00:00Z"}],"total":{"val":"-16847"}})";

std::string usage(const std::string& points) {
  return R"({"timeSeries":[{"group":[],"dataPoints":[)" + points + R"(]}],"limitReached":false})";
}

struct Balance : testing::Test {
  Balance() {
    app.answer("preview", preview);
    app.answer("balance", ledger);
    app.answer("usage", usage(R"({"timestamp":"2026-11-01T00:00:00Z","values":[102]})"));
  }
  MoneyApp app{};
};

TEST_F(Balance, TakesNoPostedLedgerForLiveCredit) {
  ASSERT_EQ(app.run({"balance"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("Live credit:        51.81 USD\n")) << app.out;
  EXPECT_TRUE(app.out.contains("Posted ledger:     168.47 USD  settles at cycle close"));
  // The ledger would pass; what is really left does not.
  EXPECT_EQ(app.run({"balance", "--fail-below", "100"}), 7);
}

TEST_F(Balance, TakesNoAbsoluteValueOfCredit) {
  // Overdrawn: the used part is larger than the credit, and the ledger's total is positive.
  app.answer("preview", R"({"coreInvoice":{"prepaidCredits":{"val":"-100"},)"
                        R"("prepaidCreditsUsed":{"val":"-450"}}})");
  app.answer("balance", R"({"changes":[],"total":{"val":"250"}})");
  ASSERT_EQ(app.run({"balance"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("-3.50 USD  overdrawn")) << app.out;
  EXPECT_TRUE(app.out.contains("-2.50 USD  settles"));
  EXPECT_EQ(app.run({"balance", "--fail-below", "0.01"}), 7);
}

TEST_F(Balance, CountsDaysWithoutUsage) {
  ASSERT_EQ(app.run({"balance"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("15 days at 3.40 USD a day, until 8 December")) << app.out;
}

TEST_F(Balance, TakesNoTopUpForNegativeBurn) {
  app.answer(
      "balance",
      R"({"changes":[)"
      R"({"changeOrigin":"PURCHASE","amount":{"val":"-1000"},"createTime":"2026-01-01T00:00:00Z"},)"
      R"({"changeOrigin":"PURCHASE","amount":{"val":"-500000"},"createTime":"2026-11-22T00:00:00Z"}],)"
      R"("total":{"val":"-501000"}})");
  ASSERT_EQ(app.run({"balance"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("15 days at 3.40 USD a day")) << app.out;
}

TEST_F(Balance, AsksThreeTimesAndForWholeDays) {
  ASSERT_EQ(app.run({"balance"}), 0);
  ASSERT_EQ(app.requests.size(), 3U);
  const std::string body = app.bodies("usage").front();
  EXPECT_TRUE(body.contains(R"("startTime":"2026-10-24 00:00:00")")) << body;
  EXPECT_TRUE(body.contains(R"("endTime":"2026-11-24 00:00:00")")) << body;
}

TEST_F(Balance, ShowsNoMissingFigureAsZero) {
  app.answer("preview", R"({"coreInvoice":{"prepaidCredits":{"val":"-100"}}})");
  app.answer("balance", R"({"changes":[]})");
  ASSERT_EQ(app.run({"balance"}), 0) << app.err;
  EXPECT_FALSE(app.out.contains("0.00")) << app.out;
  EXPECT_TRUE(app.out.contains("Live credit:       missing"));
  ASSERT_EQ(app.run({"balance", "--output", "json"}), 0);
  EXPECT_TRUE(app.out.contains(R"("liveCredit": null)")) << app.out;
  EXPECT_EQ(app.run({"balance", "--fail-below", "1"}), 13);
}

TEST_F(Balance, FailsBelowAnAmountASpanOrEither) {
  // 51.81 USD, which last for 15 days.
  for (const auto& [limits, code] : std::vector<std::pair<std::string, int>>{{"50", 0},
                                                                             {"51.82", 7},
                                                                             {"15d", 0},
                                                                             {"16d", 7},
                                                                             {"50,15d", 0},
                                                                             {"15d,50", 0},
                                                                             {"51.82,15d", 7},
                                                                             {"50,16d", 7},
                                                                             {"16d,50", 7},
                                                                             {"$52,16d", 7},
                                                                             {"1,000", 2},
                                                                             {"1d,2d", 2},
                                                                             {"50,", 2},
                                                                             {",50", 2},
                                                                             {",", 2},
                                                                             {"50,7d,1", 2},
                                                                             {"50 7d", 2}})
    EXPECT_EQ(app.run({"balance", "--fail-below", limits}), code) << limits << ": " << app.err;
}

/// Points of a usage that tells nothing was used.
const std::vector<std::string> no_usage{"", R"({"timestamp":"2026-11-01T00:00:00Z","values":[0]})",
                                        R"({"timestamp":"2026-11-01T00:00:00Z","values":[-3]})"};

TEST_F(Balance, NeverPassesWhatCannotBeJudged) {
  for (const std::string& points : no_usage) {
    app.answer("usage", usage(points));
    for (const auto* const limits : {"1d", "50,1d", "1d,50"})
      EXPECT_EQ(app.run({"balance", "--fail-below", limits}), 13) << points << app.err;
    // The other limit trips whatever the usage would say, and needs no usage alone.
    EXPECT_EQ(app.run({"balance", "--fail-below", "100,1d"}), 7) << points;
    EXPECT_EQ(app.run({"balance", "--fail-below", "50"}), 0) << points;
  }
  EXPECT_EQ(app.run({"balance"}), 0);
  EXPECT_TRUE(app.out.contains("unknown, the service left usage out")) << app.out;
  app.answer("usage", R"({"timeSeries":[],"limitReached":true})");
  EXPECT_EQ(app.run({"balance", "--fail-below", "1d"}), 13) << app.err;
}

TEST_F(Balance, PassesWithoutUsageWhereNothingWasSpent) {
  app.answer("preview",
             R"({"coreInvoice":{"totalWithCorr":{"val":"0"},"prepaidCredits":{"val":"-16847"},)"
             R"("prepaidCreditsUsed":{"val":"0"}},"effectiveSpendingLimit":"0"})");
  for (const std::string& points : no_usage) {
    app.answer("usage", usage(points));
    EXPECT_EQ(app.run({"balance", "--fail-below", "1d"}), 0) << points << app.err;
  }
}

TEST_F(Balance, TellsCreditThatIsLeftUnderTheLimit) {
  // 300.00 spent, 116.66 of it prepaid: 183.34 of the 200.00 are gone.
  app.answer("preview",
             R"({"coreInvoice":{"totalWithCorr":{"val":"30000"},)"
             R"("prepaidCredits":{"val":"-11666"},"prepaidCreditsUsed":{"val":"-11666"}},)"
             R"("effectiveSpendingLimit":"20000"})");
  ASSERT_EQ(app.run({"balance"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("Left under it:      16.66 USD")) << app.out;
}

TEST_F(Balance, FailsWhenTheFiguresCannotBeRead) {
  app.answer("preview", R"({"code":13,"message":"oops"})", 500);
  EXPECT_EQ(app.run({"balance"}), 6) << app.err;
  app.answer("preview", R"({"code":16,"message":"no"})", 401);
  EXPECT_EQ(app.run({"balance"}), 4) << app.err;
}

TEST_F(Balance, TakesA400ForNoPostpaidBilling) {
  app.answer("preview", R"({"code":3,"message":"no postpaid"})", 400);
  ASSERT_EQ(app.run({"balance"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("Postpaid:       the team has none")) << app.out;
}

}  // namespace
}  // namespace xai::cli::test
