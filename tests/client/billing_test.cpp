// What is particular about reading money through a Client.
#include <gtest/gtest.h>

#include "client/client_fixture.h"
#include "xai/management/invoices.h"
#include "xai/management/prepaid.h"
#include "xai/management/spending_limits.h"
#include "xai/management/usage.h"

namespace xai::client {
namespace {

using management::AnalyzeUsage;
using management::Cents;
using management::Decimal;
using management::GetPrepaidBalance;
using management::GetSpendingLimits;
using management::ListInvoices;
using management::PreviewPostpaidInvoice;

using Asked = std::vector<std::string>;

const std::string billing = "/v1/billing/teams/team-1/";

TEST(Billing, FillsInTheTeam) {
  FakeClient client{{answer(200, R"({"changes":[],"total":{"val":"-1000"}})"),
                     answer(200, R"({"invoices":[]})")}};
  EXPECT_EQ(client->send(GetPrepaidBalance{})->total, Cents{-1'000});
  EXPECT_TRUE(client->send(ListInvoices{.invoice_ids = {"a="}}));
  EXPECT_EQ(client.asked(), (Asked{"GET " + billing + "prepaid/balance",
                                   "GET " + billing + "invoices?invoiceIds.invoiceIds=a%3D"}));
}

TEST(Billing, OfATeamWithoutPrepaidIsNotFound) {
  for (const auto* const body : {"", R"({"code":5,"message":"Not Found","details":[]})"}) {
    FakeClient client{{answer(404, body)}};
    const auto balance = client->send(GetPrepaidBalance{});
    ASSERT_FALSE(balance);
    EXPECT_EQ(balance.error().kind, ErrorKind::not_found);
    EXPECT_EQ(balance.error().outcome, Outcome::refused);
    EXPECT_EQ(balance.error().http_status, 404);
    EXPECT_EQ(client.requests().size(), 1U);
  }
}

TEST(Billing, OfATeamWithoutPostpaidIsNotFoundOrInvalid) {
  FakeClient client{{answer(404), answer(400, R"({"code":3,"message":"no postpaid"})"),
                     answer(400, R"({"code":3,"message":"no postpaid"})")}};
  EXPECT_EQ(client->send(PreviewPostpaidInvoice{}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(client->send(PreviewPostpaidInvoice{}).error().kind, ErrorKind::invalid_argument);
  EXPECT_EQ(client->send(GetSpendingLimits{}).error().kind, ErrorKind::invalid_argument);
}

TEST(Billing, NeedsTheRightToReadIt) {
  FakeClient client{{answer(403)}};
  const auto balance = client->send(GetPrepaidBalance{});
  ASSERT_FALSE(balance);
  EXPECT_TRUE((balance.error().message + balance.error().next).contains("BillingRead"));
}

TEST(Billing, TakesNoMalformedFigureForZero) {
  FakeClient client{
      {answer(200, R"({"total":{"val":"1.5"}})"), answer(200, "{}"), answer(200, "")}};
  EXPECT_EQ(client->send(GetPrepaidBalance{}).error().kind, ErrorKind::malformed_response);
  EXPECT_FALSE(client->send(GetPrepaidBalance{})->total);
  EXPECT_EQ(client->send(GetPrepaidBalance{}).error().kind, ErrorKind::malformed_response);
}

TEST(AnalyzeUsage, IsSentAgainThoughItIsAPost) {
  FakeClient client{{no_answer(), answer(503),
                     answer(200, R"({"timeSeries":[{"dataPoints":[{"values":[0.10]}]}]})")}};
  const auto usage =
      client->send(AnalyzeUsage{.analytics_request = {.time_unit = management::TimeUnit::none,
                                                      .values = {{"usd", "AGGREGATION_SUM"}}}});
  ASSERT_TRUE(usage) << usage.error().message;
  EXPECT_EQ(usage->time_series.at(0).data_points.at(0).values, std::vector{Decimal{"0.10"}});
  ASSERT_EQ(client.requests().size(), 3U);
  EXPECT_EQ(client.requests()[2].body, client.requests()[0].body);
  EXPECT_EQ(client.requests()[0].method, Method::post);
}

TEST(AnalyzeUsage, FailsAsAReadDoes) {
  FakeClient client{{no_answer(), no_answer(), answer(502)}};
  EXPECT_EQ(client->send(AnalyzeUsage{}).error().outcome, Outcome::unanswered);
}

}  // namespace
}  // namespace xai::client
