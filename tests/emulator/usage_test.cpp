#include <algorithm>

#include "base/decimal.h"
#include "emulator/emulated.h"
#include "emulator/seed.h"

namespace xai::emulator::test {
namespace {

std::string usage() { return "/v1/billing/teams/" + std::string{team} + "/usage"; }

/// Two keys, one of them gone, and one that could never be used.
Options seeded(std::uint64_t random_seed = 1) {
  Options given = options();
  given.random_seed = random_seed;
  given.seed = parse_seed(R"({"apiKeys":[
      {"name":"web","apiKeyId":"aaaaaaaa-0000-4000-8000-000000000001","createdAgo":"90d",
       "aclStrings":["api-key:endpoint:*","api-key:model:grok-3","api-key:model:grok-4-0709"]},
      {"name":"old","apiKeyId":"aaaaaaaa-0000-4000-8000-000000000002","createdAgo":"120d",
       "deletedAgo":"10d","aclStrings":["api-key:endpoint:chat","api-key:model:*"]},
      {"name":"mute","apiKeyId":"aaaaaaaa-0000-4000-8000-000000000003","createdAgo":"90d",
       "aclStrings":["api-key:model:*"]},
      {"name":"off","createdAgo":"90d","disabled":true,
       "aclStrings":["api-key:endpoint:*","api-key:model:*"]}]})")
                   .value();
  return given;
}

struct Query {
  std::string start = "2027-01-01 00:00:00";
  std::string end = "2027-02-01 00:00:00";
  std::string zone = "Etc/GMT";
  std::string unit = "TIME_UNIT_DAY";
  std::string groups = "[]";
  std::string filters = "[]";
  std::string metric = "usd";
  std::string aggregation = "AGGREGATION_SUM";
};

Answer ask(Emulated& emulated, const Query& query) {
  return emulated.post(
      usage(), R"({"analyticsRequest":{"timeRange":{"startTime":")" + query.start +
                   R"(","endTime":")" + query.end + R"(","timezone":")" + query.zone +
                   R"("},"timeUnit":")" + query.unit + R"(","values":[{"name":")" + query.metric +
                   R"(","aggregation":")" + query.aggregation + R"("}],"groupBy":)" + query.groups +
                   R"(,"filters":)" + query.filters + "}}");
}

auto series_of(const Answer& answer) { return answer.body().find("timeSeries").items(); }

std::string total(const Answer& answer) {
  base::DecimalSum sum;
  for (const json::Value& series : series_of(answer))
    for (const json::Value& point : series.find("dataPoints").items())
      EXPECT_TRUE(sum.add(point.find("values").items()[0].text()));
  return sum.text();
}

std::vector<std::string> groups(const Answer& answer) {
  std::vector<std::string> result;
  for (const json::Value& series : series_of(answer))
    result.emplace_back(series.find("group").items()[0].text());
  return result;
}

TEST(Usage, IsDenseAndInUtcInstants) {
  Emulated emulated{seeded()};
  const Answer answer = ask(emulated, {});
  ASSERT_EQ(answer.status(), 200) << answer.response.body;
  ASSERT_EQ(series_of(answer).size(), 1U);
  EXPECT_TRUE(series_of(answer)[0].find("group").items().empty());
  const auto points = series_of(answer)[0].find("dataPoints").items();
  ASSERT_EQ(points.size(), 31U);
  EXPECT_EQ(points[0].find("timestamp").text(), "2027-01-01T00:00:00Z");
  EXPECT_EQ(points[30].find("timestamp").text(), "2027-01-31T00:00:00Z");
  EXPECT_FALSE(answer.body().find("limitReached").boolean());
  EXPECT_EQ(points[0].find("values").items()[0].kind(), json::Kind::number);
}

TEST(Usage, IsTheSameHoweverItIsCutUp) {
  Emulated emulated{seeded()};
  const std::string whole = total(ask(emulated, {.unit = "TIME_UNIT_NONE"}));
  EXPECT_NE(whole, "0");
  for (const char* unit : {"MONTH", "CALENDAR_WEEK", "DAY", "HOUR", "QUARTER_HOUR", "MINUTE"})
    EXPECT_EQ(total(ask(emulated, {.unit = std::string{"TIME_UNIT_"} + unit})), whole) << unit;
  for (const char* grouped :
       {R"(["description"])", R"(["api_key_id"])", R"(["api_key_id","description"])"})
    EXPECT_EQ(total(ask(emulated, {.groups = grouped})), whole) << grouped;
  base::DecimalSum halves;
  halves.add(total(ask(emulated, {.end = "2027-01-13 07:08:09", .unit = "TIME_UNIT_NONE"})));
  halves.add(total(ask(emulated, {.start = "2027-01-13 07:08:09", .unit = "TIME_UNIT_NONE"})));
  EXPECT_EQ(halves.text(), whole);
}

TEST(Usage, IsByKeyAndModel) {
  Emulated emulated{seeded()};
  const Answer keys = ask(emulated, {.groups = R"(["api_key_id"])"});
  ASSERT_EQ(groups(keys), (std::vector<std::string>{"aaaaaaaa-0000-4000-8000-000000000001",
                                                    "aaaaaaaa-0000-4000-8000-000000000002"}));
  EXPECT_EQ(series_of(keys)[0].find("groupLabels").items()[0].text(), "web");
  const Query of_web{.groups = R"(["description"])",
                     .filters = R"(["api_key_id:aaaaaaaa-0000-4000-8000-000000000001"])"};
  EXPECT_EQ(groups(ask(emulated, of_web)),
            (std::vector<std::string>{"Chat grok-3", "Chat grok-4-0709"}));
}

TEST(Usage, IsByKeyAndUnitType) {
  Emulated emulated{seeded()};
  const Answer both =
      ask(emulated, {.unit = "TIME_UNIT_NONE", .groups = R"(["api_key_id","unit_type"])"});
  ASSERT_EQ(both.status(), 200) << both.response.body;
  EXPECT_EQ(total(both), total(ask(emulated, {})));
  std::vector<std::string> types;
  for (const json::Value& series : series_of(both)) {
    const auto group = series.find("group").items();
    const auto labels = series.find("groupLabels").items();
    ASSERT_EQ(group.size(), 2U);
    ASSERT_EQ(labels.size(), 2U);
    EXPECT_EQ(labels[1].text(), group[1].text());
    types.emplace_back(group[1].text());
  }
  EXPECT_NE(std::ranges::find(types, "Prompt text tokens"), types.end());
  EXPECT_NE(std::ranges::find(types, "Completion text tokens"), types.end());
  const Answer one = ask(emulated, {.filters = R"(["unit_type:Prompt text tokens"])"});
  EXPECT_EQ(one.status(), 200);
  EXPECT_NE(total(one), "0");
  EXPECT_NE(total(one), total(ask(emulated, {})));
}

TEST(Usage, LabelsKeysWithTheirTailsWhenToldTo) {
  Emulated emulated{seeded()};
  const std::string secret =
      emulated.create("fresh", R"(,"acls":["api-key:endpoint:*","api-key:model:*"])")
          .text("apiKey");
  emulated.advance("3d");
  const auto labels = [&] {
    const Answer answer =
        ask(emulated, {.end = "2027-03-01 00:00:00", .groups = R"(["api_key_id"])"});
    std::vector<std::string> result;
    for (const json::Value& series : series_of(answer))
      result.emplace_back(series.find("groupLabels").items()[0].text());
    std::ranges::sort(result);
    return result;
  };
  EXPECT_EQ(labels(), (std::vector<std::string>{"fresh", "old", "web"}));
  emulated.post("/_emulator/state", R"({"keyTails":true})");
  const auto with_tails = labels();
  ASSERT_EQ(with_tails.size(), 3U);
  EXPECT_EQ(with_tails[0], "fresh (xai-..." + secret.substr(secret.size() - 4) + ")");
}

TEST(Usage, IsFiltered) {
  Emulated emulated{seeded()};
  const auto found = [&](std::string filters) {
    return groups(ask(emulated, {.groups = R"(["description"])", .filters = std::move(filters)}));
  };
  const std::string web = "api_key_id:aaaaaaaa-0000-4000-8000-000000000001";
  using Descriptions = std::vector<std::string>;
  EXPECT_EQ(found("[\"" + web + " AND description:Chat grok-3\"]"), Descriptions{"Chat grok-3"});
  EXPECT_EQ(found("[\"" + web + R"(","NOT description:\"Chat grok-3\""])"),
            Descriptions{"Chat grok-4-0709"});
  EXPECT_EQ(found("[\"" + web + " AND description:Chat grok-3 OR " + web +
                  " AND description:=Chat grok-4-0709\"]"),
            (Descriptions{"Chat grok-3", "Chat grok-4-0709"}));
  EXPECT_EQ(found(R"(["description:nothing"])"), Descriptions{});
}

TEST(Usage, FollowsTheLifeOfAKey) {
  Emulated emulated{seeded()};
  const Answer days = ask(emulated, {.groups = R"(["api_key_id"])"});
  const auto of_old = series_of(days)[1].find("dataPoints").items();
  EXPECT_NE(of_old[19].find("values").items()[0].text(), "0");
  EXPECT_EQ(of_old[21].find("values").items()[0].text(), "0");

  const std::string id =
      emulated.create("new", R"(,"acls":["api-key:endpoint:*","api-key:model:*"])")
          .text("apiKeyId");
  const Query of_new{.start = "2027-01-01 00:00:00",
                     .end = "2027-03-01 00:00:00",
                     .filters = "[\"api_key_id:" + id + "\"]"};
  EXPECT_TRUE(series_of(ask(emulated, of_new)).empty());
  emulated.advance("3d");
  const std::string three_days = total(ask(emulated, of_new));
  EXPECT_NE(three_days, "0");
  emulated.call(Method::put, "/auth/api-keys/" + id,
                R"({"apiKey":{"disabled":true},"fieldMask":"disabled"})");
  emulated.advance("3d");
  EXPECT_EQ(total(ask(emulated, of_new)), three_days);
  emulated.call(Method::put, "/auth/api-keys/" + id,
                R"({"apiKey":{"disabled":false},"fieldMask":"disabled"})");
  emulated.advance("3d");
  const std::string six_days = total(ask(emulated, of_new));
  EXPECT_NE(six_days, three_days);
  emulated.remove(id);
  emulated.advance("3d");
  EXPECT_EQ(total(ask(emulated, of_new)), six_days);
}

TEST(Usage, DependsOnTheRandomSeedOnly) {
  Emulated one{seeded(7)};
  Emulated same{seeded(7)};
  Emulated other{seeded(8)};
  EXPECT_EQ(ask(one, {}).response.body, ask(same, {}).response.body);
  EXPECT_NE(ask(one, {}).response.body, ask(other, {}).response.body);
}

TEST(Usage, DaysBeginAtLocalMidnight) {
  Emulated emulated{seeded()};
  const Answer answer = ask(
      emulated,
      {.start = "2026-10-30 00:00:00", .end = "2026-11-03 00:00:00", .zone = "America/New_York"});
  ASSERT_EQ(answer.status(), 200) << answer.response.body;
  const auto points = series_of(answer)[0].find("dataPoints").items();
  ASSERT_EQ(points.size(), 4U);
  EXPECT_EQ(points[0].find("timestamp").text(), "2026-10-30T04:00:00Z");
  EXPECT_EQ(points[3].find("timestamp").text(), "2026-11-02T05:00:00Z");
}

TEST(Usage, SaysWhenSeriesAreMissing) {
  Options given = seeded();
  given.usage_series_max = 1;
  Emulated emulated{given};
  const Answer answer = ask(emulated, {.groups = R"(["description"])"});
  EXPECT_EQ(series_of(answer).size(), 1U);
  EXPECT_TRUE(answer.body().find("limitReached").boolean());
}

TEST(Usage, RefusesWhatTheServiceDoes) {
  Emulated emulated{seeded()};
  constexpr std::string_view words = "Failed to query_billing_items(), Invalid argument provided.";
  EXPECT_TRUE(refuses(ask(emulated, {.metric = "tokens"}), 400, "3", words));
  EXPECT_TRUE(refuses(ask(emulated, {.groups = R"(["model"])"}), 400, "3", words));
  EXPECT_TRUE(refuses(ask(emulated, {.filters = R"(["model:grok-3"])"}), 400, "3", words));
  EXPECT_TRUE(refuses(ask(emulated, {.filters = R"(["description"])"}), 400, "3", words));
  EXPECT_TRUE(refuses(ask(emulated, {.aggregation = "AGGREGATION_P50"}), 400, "3", words));
  EXPECT_TRUE(refuses(ask(emulated, {.unit = "TIME_UNIT_YEAR"}), 400, "3", words));
  EXPECT_TRUE(refuses(emulated.post(usage(), "{}"), 400, "3", words));
  EXPECT_EQ(ask(emulated, {.start = "2027-01-01T00:00:00"}).status(), 400);
  EXPECT_EQ(ask(emulated, {.start = "2027-01-01 00:00:00Z"}).status(), 400);
  EXPECT_EQ(ask(emulated, {.end = "2027-01-01 00:00:00"}).status(), 400);
  EXPECT_EQ(ask(emulated, {.zone = "Mars/Olympus"}).status(), 400);
  EXPECT_EQ(ask(emulated, {.zone = ""}).status(), 400);
  EXPECT_EQ(ask(emulated, {.start = "0001-01-01 00:00:00", .unit = "TIME_UNIT_SECOND"}).status(),
            400);
  EXPECT_EQ(ask(emulated, {.metric = "usd"}).status(), 200);
}

}  // namespace
}  // namespace xai::emulator::test
