#include "workflows/runway.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace xai::workflows {
namespace {

using namespace management;
using namespace std::chrono;

constexpr sys_days today{2026y / November / 23};

AnalyzeUsageResponse usage_of(const std::vector<std::pair<int, std::string>>& by_days_ago) {
  AnalyzeUsageResponse answer;
  TimeSeries& series = answer.time_series.emplace_back();
  for (const auto& [days_ago, dollars] : by_days_ago)
    series.data_points.push_back({.timestamp = today - days{days_ago}, .values = {{dollars}}});
  return answer;
}

Cents per_day(const RecentUsage& recent) { return recent.burn().per_day.value(); }

TEST(RecentUsage, CountsDaysWithoutUsage) {
  const RecentUsage recent =
      recent_usage(usage_of({{30, "60"}, {29, "0"}, {1, "30.00"}}), std::nullopt, today).value();
  EXPECT_EQ(recent.day_count, 30);
  EXPECT_EQ(per_day(recent), Cents{300});
}

TEST(RecentUsage, GoesNoFurtherBackThanTheHistory) {
  const RecentUsage recent =
      recent_usage(usage_of({{30, "0"}, {5, "10"}, {1, "0"}}), std::nullopt, today).value();
  EXPECT_EQ(recent.day_count, 5);
  EXPECT_EQ(per_day(recent), Cents{200});
}

TEST(RecentUsage, TakesTheLedgerForHistory) {
  PrepaidBalance ledger;
  ledger.changes.push_back({.amount = Cents{-5'000}, .create_time = today - days{10} + hours{9}});
  const RecentUsage recent =
      recent_usage(usage_of({{5, "10"}}), history_begins(ledger), today).value();
  EXPECT_EQ(recent.day_count, 10);
  EXPECT_EQ(per_day(recent), Cents{100});
}

TEST(RecentUsage, LeavesOutTodayWhichIsNotOver) {
  const RecentUsage recent =
      recent_usage(usage_of({{2, "4"}, {1, "4"}, {0, "100"}}), std::nullopt, today).value();
  EXPECT_EQ(per_day(recent), Cents{400});
}

TEST(RecentUsage, IsNotToldFromACutAnswer) {
  AnalyzeUsageResponse cut = usage_of({{1, "4"}});
  cut.limit_reached = true;
  EXPECT_FALSE(recent_usage(cut, std::nullopt, today));
}

TEST(RecentUsage, IsNotToldFromPointsThatLackSomething) {
  for (const DataPoint& point :
       {DataPoint{.timestamp = today - days{1}}, DataPoint{.values = {{"4"}}}}) {
    AnalyzeUsageResponse lacking = usage_of({{2, "4"}});
    lacking.time_series[0].data_points.push_back(point);
    EXPECT_FALSE(recent_usage(lacking, std::nullopt, today));
  }
}

TEST(RecentUsage, RoundsHalfACentADayUp) {
  // 15 cents over 30 days are half a cent a day.
  const auto rounded = [](const std::string& dollars) {
    return per_day(recent_usage(usage_of({{30, dollars}}), std::nullopt, today).value());
  };
  EXPECT_EQ(rounded("0.15"), Cents{1});
  EXPECT_EQ(rounded("0.149999"), Cents{0});
  EXPECT_EQ(rounded("0.45"), Cents{2});
  EXPECT_EQ(rounded("0.449999"), Cents{1});
}

TEST(RecentUsage, BeginsWithACorrectionToo) {
  const RecentUsage recent =
      recent_usage(usage_of({{20, "-1"}, {5, "3"}}), std::nullopt, today).value();
  EXPECT_EQ(recent.day_count, 20);
  EXPECT_EQ(per_day(recent), Cents{10});
}

TEST(RecentUsage, LooksAtThirtyDaysAndNoMore) {
  const RecentUsage recent =
      recent_usage(usage_of({{31, "1000"}, {30, "3"}}), std::nullopt, today).value();
  EXPECT_EQ(recent.burn().used.text, "3");
  EXPECT_EQ(recent.day_count, 30);
}

TEST(RecentUsage, AddsUpWithoutFloatingPoint) {
  std::vector<std::pair<int, std::string>> tenths;
  for (int day = 1; day <= 30; ++day) tenths.emplace_back(day, "0.1");
  EXPECT_EQ(recent_usage(usage_of(tenths), std::nullopt, today)->burn().used.text, "3");
}

TEST(HistoryBegins, KnowsOnlyThatAMonthOfSpendingHadUsageByItsEnd) {
  PrepaidBalance ledger;
  ledger.changes.push_back({.spend_bp_key_year = 2026, .spend_bp_key_month = 10});
  EXPECT_EQ(history_begins(ledger), sys_days{2026y / October / 31});
  EXPECT_FALSE(history_begins({}));
}

RecentUsage burn_per_day(const std::string& dollars) {
  return recent_usage(usage_of({{1, dollars}}), std::nullopt, today).value();
}

TEST(Runway, IsCreditOverBurn) {
  const Runway runway = runway_of(Cents{4'080}, burn_per_day("3.40"));
  EXPECT_EQ(runway.state, RunwayState::known);
  EXPECT_EQ(runway.left, days{12});
  EXPECT_EQ(runway.is_below(days{12}), false);
  EXPECT_EQ(runway.is_below(days{12} + seconds{1}), true);
}

TEST(Runway, MixesNoDollarsWithCents) {
  // Usage of 1 dollar a day, credit of 100 cents: one day, neither a hundred nor a hundredth.
  EXPECT_EQ(runway_of(Cents{100}, burn_per_day("1")).left, days{1});
}

TEST(Runway, SaysWhenThereIsNone) {
  EXPECT_EQ(runway_of(std::nullopt, burn_per_day("1")).state, RunwayState::credit_unknown);
  EXPECT_EQ(runway_of(Cents{100}, std::nullopt).state, RunwayState::usage_incomplete);
  EXPECT_EQ(runway_of(Cents{0}, burn_per_day("1")).state, RunwayState::used_up);
  EXPECT_EQ(runway_of(Cents{-5}, burn_per_day("1")).state, RunwayState::used_up);
  EXPECT_EQ(runway_of(Cents{100}, burn_per_day("0")).state, RunwayState::no_recent_usage);
  EXPECT_EQ(runway_of(Cents{100}, recent_usage(usage_of({{0, "1"}}), std::nullopt, today)).state,
            RunwayState::not_enough_history);
}

TEST(Runway, DividesByNoDay) {
  RecentUsage recent = burn_per_day("1");
  recent.day_count = 0;
  EXPECT_EQ(runway_of(Cents{100}, recent).state, RunwayState::not_enough_history);
  EXPECT_FALSE(recent.burn().per_day.has_value());
}

TEST(Runway, TakesNoCorrectionForCredit) {
  EXPECT_EQ(runway_of(Cents{100}, burn_per_day("-7")).state, RunwayState::no_recent_usage);
}

TEST(Runway, CanBeJudgedWhenItIsUsedUpOrUnused) {
  EXPECT_EQ(runway_of(Cents{0}, std::nullopt).is_below(days{1}), true);
  EXPECT_EQ(runway_of(Cents{100}, burn_per_day("0")).is_below(days{1}), false);
  EXPECT_FALSE(Runway{}.is_below(days{1}).has_value());
}

TEST(Runway, StaysWithinBounds) {
  const Cents most{std::numeric_limits<std::int64_t>::max()};
  EXPECT_EQ(runway_of(most, burn_per_day("0.000001")).left, days{36'500});
  EXPECT_EQ(runway_of(Cents{1}, burn_per_day("9000000000000")).left, seconds{0});
  EXPECT_EQ(runway_of(Cents{1}, burn_per_day("1e300")).left, seconds{0});
  EXPECT_EQ(runway_of(Cents{3'649'900}, burn_per_day("1")).left, days{36'499});
  EXPECT_EQ(runway_of(Cents{3'650'000}, burn_per_day("1")).left, days{36'500});
  EXPECT_EQ(runway_of(Cents{3'660'000}, burn_per_day("1")).left, days{36'500});
}

TEST(Runway, IsCutToDaysWhereTheRestOfADayIsTooLarge) {
  // Half a day is left over, and its seconds do not fit: 86 400 times 5 × 10^17.
  const Cents credit{150'000'000'000'000};
  const auto runway = runway_of(credit, burn_per_day("1000000000000"));
  EXPECT_EQ(runway.left, days{1});
  EXPECT_EQ(runway_of(Cents{150}, burn_per_day("1")).left, days{1} + hours{12});
}

}  // namespace
}  // namespace xai::workflows
