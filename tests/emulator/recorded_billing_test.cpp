#include <regex>

#include "emulator/billed.h"

// What was recorded from the service, one by one: money, usage and what the year has brought.
namespace xai::emulator::test {
namespace {

// R-9

TEST(RecordedBilling, R9MoneyIsBoxedAndNothingIsNull) {
  Emulated emulated{team_with(R"("prepaid":[])")};
  const Answer balance = emulated.get(billing("prepaid/balance"));
  EXPECT_EQ(json::to_text(balance.body().find("total")), R"({"val":"0"})");
  for (const char* what : {"prepaid/balance", "postpaid/invoice/preview", "invoices",
                           "postpaid/spending-limits", "payment-method", "billing-info"})
    EXPECT_EQ(emulated.get(billing(what)).response.body.find("null"), std::string::npos) << what;
  const Answer created = emulated.create("x", R"(,"qps":1,"qpm":2,"tpm":3)");
  EXPECT_EQ(created.body().find("disabled").kind(), json::Kind::boolean);
  EXPECT_EQ(created.body().find("qps").kind(), json::Kind::number);
  EXPECT_EQ(created.body().find("qpm").kind(), json::Kind::number);
  EXPECT_TRUE(created.body().find("tpm").is_string());
}

// R-10

TEST(RecordedBilling, R10TeamsLackThings) {
  Emulated without_prepaid{team_with(R"("prepaid":"none")")};
  EXPECT_EQ(without_prepaid.get(billing("prepaid/balance")).status(), 404);
  EXPECT_EQ(without_prepaid.get(billing("postpaid/invoice/preview")).status(), 200);
  Emulated without_postpaid{team_with(R"("spendingLimits":"none")")};
  EXPECT_EQ(without_postpaid.get(billing("postpaid/invoice/preview")).status(), 404);
  Options given = options();
  given.team_id.clear();
  given.seed = parse_seed(R"({"managementKeys":[{"apiKey":"xai-token-for-tests","acls":["*"],
                             "scope":"SCOPE_ORGANIZATION"}]})")
                   .value();
  for (const bool nulls : {false, true}) {
    given.nulls = nulls;
    Emulated of_organization{given};
    const Answer answer = of_organization.get("/auth/management-keys/validation");
    EXPECT_TRUE(answer.body().find("teamId").is_null());
    EXPECT_EQ(answer.response.body.find("teamId") != std::string::npos, nulls);
  }
}

// R-11

TEST(RecordedBilling, R11FiguresAreConsistentAndBadMetricsRefusedAsAWhole) {
  Emulated emulated;
  const auto core = core_of(emulated);
  EXPECT_EQ(core.amount_before_vat, core.amount_after_vat);
  EXPECT_EQ(core.amount_after_vat, core.total_with_corr);
  EXPECT_NE(emulated.get(billing("prepaid/balance")).response.body.find("SUCCEEDED"),
            std::string::npos);
  const auto ask = [&](std::string_view values, std::string_view unit) {
    return emulated.post(billing("usage"),
                         R"({"analyticsRequest":{"timeRange":{"startTime":"2027-01-01 00:00:00",
        "endTime":"2027-02-01 00:00:00","timezone":"Etc/GMT"},"timeUnit":")" +
                             std::string{unit} + R"(","values":[)" + std::string{values} +
                             R"(],"groupBy":["description"]}})");
  };
  constexpr std::string_view usd = R"({"name":"usd","aggregation":"AGGREGATION_SUM"})";
  EXPECT_EQ(ask(usd, "TIME_UNIT_DAY").status(), 200);
  const std::string both =
      std::string{usd} + R"(,{"name":"tokens","aggregation":"AGGREGATION_SUM"})";
  for (const Answer& refused :
       {ask(both, "TIME_UNIT_DAY"), ask(usd, "TIME_UNIT_FORTNIGHT"), ask(usd, "day"),
        ask(R"({"name":"usd","aggregation":"AGGREGATION_GUESS"})", "TIME_UNIT_DAY")})
    EXPECT_TRUE(
        refuses(refused, 400, "3", "Failed to query_billing_items(), Invalid argument provided."));
  const Answer events =
      emulated.get("/audit/teams/" + std::string{team} + "/events?orderBy=TIME_SIDEWAYS");
  EXPECT_EQ(events.status(), 400);
  EXPECT_EQ(events.text("code"), "3");
}

// N-1

TEST(RecordedBilling, N1OutOfCreditIs403AtTheInferenceHost) {
  Emulated emulated;
  const std::string secret = emulated.create("x", R"(,"acls":["*"])").text("apiKey");
  emulated.post("/_emulator/state", R"({"outOfCredit":true})");
  const Answer used = emulated.get("/v1/api-key", secret);
  EXPECT_EQ(used.status(), 403);
  EXPECT_EQ(used.text("code"), "permission-denied");
  EXPECT_NE(used.text("error").find("used all available credits"), std::string::npos);
  emulated.post("/_emulator/state", R"({"creditStatus":429})");
  EXPECT_EQ(emulated.get("/v1/api-key", secret).status(), 429);
  emulated.post("/_emulator/state", R"({"outOfCredit":"new","creditStatus":0})");
  EXPECT_NE(emulated.get("/v1/api-key", secret).text("error").find("doesn't have any credits"),
            std::string::npos);
  emulated.post("/_emulator/state", R"({"outOfCredit":"subscription"})");
  EXPECT_NE(emulated.get("/v1/api-key", secret).text("error").find("run out of credits"),
            std::string::npos);
}

// N-2

TEST(RecordedBilling, N2UsageIsByKeyAndUnitTypeAndKeysHaveTails) {
  Emulated emulated{team_with("")};
  emulated.post("/_emulator/state", R"({"keyTails":true})");
  const Answer answer = emulated.post(
      billing("usage"), R"({"analyticsRequest":{"timeRange":{"startTime":"2027-01-01 00:00:00",
        "endTime":"2027-02-01 00:00:00","timezone":"Etc/GMT"},"timeUnit":"TIME_UNIT_NONE",
        "values":[{"name":"usd","aggregation":"AGGREGATION_SUM"}],
        "groupBy":["api_key_id","unit_type"]}})");
  const auto usage = read<management::AnalyzeUsageResponse>(answer);
  ASSERT_FALSE(usage.time_series.empty());
  for (const auto& series : usage.time_series) {
    ASSERT_EQ(series.group.size(), 2U);
    EXPECT_EQ(series.data_points.size(), 1U);
    EXPECT_TRUE(std::regex_match(series.group_labels.front(),
                                 std::regex{R"((all|gone) \(xai-\.\.\.[^ ]{4}\))"}))
        << series.group_labels.front();
  }
}

// N-3

TEST(RecordedBilling, N3TheMonthlyAllotmentIsNoPrepaidCredit) {
  Emulated without{team_with(R"("prepaid":[{"amount":"-90000","createdAgo":"99d"}])")};
  Emulated with{
      team_with(R"("prepaid":[{"amount":"-90000","createdAgo":"99d"}],"defaultCredits":"2500")")};
  EXPECT_EQ(cents(preview_of(with).default_credits), 2500);
  EXPECT_EQ(cents(preview_of(without).default_credits), 0);
  EXPECT_EQ(core_of(with).live_credit(), core_of(without).live_credit());
}

// N-4

TEST(RecordedBilling, N4AutomaticPurchasesStandInTheLedger) {
  Emulated emulated{team_with(
      R"("prepaid":[{"changeOrigin":"AUTO_PURCHASE","amount":"-2500","createdAgo":"2d"}])")};
  const auto balance = balance_of(emulated);
  ASSERT_FALSE(balance.changes.empty());
  EXPECT_EQ(balance.changes.back().change_origin, "AUTO_PURCHASE");
  EXPECT_EQ(balance.changes.back().topup_status, "SUCCEEDED");
}

// N-5

TEST(RecordedBilling, N5KeysThatAreNotKnownAreNamedByTheirEnds) {
  Options given = options();
  given.propagation = 30s;
  Emulated emulated{given};
  const std::string fresh = emulated.create("x").text("apiKey");
  const std::string hint = "xa***" + fresh.substr(fresh.size() - 2);
  const auto sentence = [&] { return emulated.get("/v1/api-key", fresh).text("error"); };
  EXPECT_TRUE(sentence().starts_with("Incorrect API key provided: " + hint));
  EXPECT_EQ(emulated.get("/v1/api-key", fresh).status(), 400);
  emulated.post("/_emulator/state", R"({"unknownKeyStatus":401})");
  EXPECT_EQ(emulated.get("/v1/api-key", fresh).status(), 401);
  emulated.advance("30s");
  EXPECT_EQ(emulated.get("/v1/api-key", fresh).status(), 200);
  EXPECT_EQ(emulated.get("/_emulator/clusters/us-east-1/v1/models", fresh).text("error"),
            "The caller does not have permission to execute the specified operation");
}

}  // namespace
}  // namespace xai::emulator::test
