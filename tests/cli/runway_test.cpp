#include "cli/commands/billing/runway.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace xai::cli {
namespace {

using namespace management;
using namespace std::chrono;

constexpr sys_days today{2026y / November / 23};

AnalyzeUsageResponse usage(const std::vector<std::pair<int, std::string>>& by_days_ago) {
  AnalyzeUsageResponse answer;
  TimeSeries& series = answer.time_series.emplace_back();
  for (const auto& [days_ago, dollars] : by_days_ago)
    series.data_points.push_back({.timestamp = today - days{days_ago}, .values = {{dollars}}});
  return answer;
}

Cents per_day(const Burn& burn) { return burn.per_day().value(); }

TEST(Burn, CountsDaysWithoutUsage) {
  const Burn burn =
      burn_of(usage({{30, "60"}, {29, "0"}, {1, "30.00"}}), std::nullopt, today).value();
  EXPECT_EQ(burn.day_count, 30);
  EXPECT_EQ(per_day(burn), Cents{300});
}

TEST(Burn, GoesNoFurtherBackThanTheHistory) {
  const Burn burn = burn_of(usage({{30, "0"}, {5, "10"}, {1, "0"}}), std::nullopt, today).value();
  EXPECT_EQ(burn.day_count, 5);
  EXPECT_EQ(per_day(burn), Cents{200});
}

TEST(Burn, TakesTheLedgerForHistory) {
  PrepaidBalance ledger;
  ledger.changes.push_back({.amount = Cents{-5'000}, .create_time = today - days{10} + hours{9}});
  const Burn burn = burn_of(usage({{5, "10"}}), history_begins(ledger), today).value();
  EXPECT_EQ(burn.day_count, 10);
  EXPECT_EQ(per_day(burn), Cents{100});
}

TEST(Burn, LeavesOutTodayWhichIsNotOver) {
  const Burn burn = burn_of(usage({{2, "4"}, {1, "4"}, {0, "100"}}), std::nullopt, today).value();
  EXPECT_EQ(per_day(burn), Cents{400});
}

TEST(Burn, IsNotToldFromACutAnswer) {
  AnalyzeUsageResponse cut = usage({{1, "4"}});
  cut.limit_reached = true;
  EXPECT_FALSE(burn_of(cut, std::nullopt, today));
}

TEST(Burn, AddsUpWithoutFloatingPoint) {
  std::vector<std::pair<int, std::string>> tenths;
  for (int day = 1; day <= 30; ++day) tenths.emplace_back(day, "0.1");
  EXPECT_EQ(burn_of(usage(tenths), std::nullopt, today)->used.text(), "3");
}

TEST(HistoryBegins, KnowsOnlyThatAMonthOfSpendingHadUsageByItsEnd) {
  PrepaidBalance ledger;
  ledger.changes.push_back({.spend_bp_key_year = 2026, .spend_bp_key_month = 10});
  EXPECT_EQ(history_begins(ledger), sys_days{2026y / October / 31});
  EXPECT_FALSE(history_begins({}));
}

Burn burn_per_day(const std::string& dollars) {
  return burn_of(usage({{1, dollars}}), std::nullopt, today).value();
}

TEST(Runway, IsCreditOverBurn) {
  const Runway runway = runway_of(Cents{4'080}, burn_per_day("3.40"));
  EXPECT_EQ(runway.state, "known");
  EXPECT_EQ(runway.left, days{12});
  EXPECT_EQ(runway.is_below(days{12}), false);
  EXPECT_EQ(runway.is_below(days{12} + seconds{1}), true);
}

TEST(Runway, MixesNoDollarsWithCents) {
  // Usage of 1 dollar a day, credit of 100 cents: one day, neither a hundred nor a hundredth.
  EXPECT_EQ(runway_of(Cents{100}, burn_per_day("1")).left, days{1});
}

TEST(Runway, SaysWhenThereIsNone) {
  EXPECT_EQ(runway_of(std::nullopt, burn_per_day("1")).state, "unknown");
  EXPECT_EQ(runway_of(Cents{100}, std::nullopt).state, "unknown");
  EXPECT_EQ(runway_of(Cents{0}, burn_per_day("1")).state, "used_up");
  EXPECT_EQ(runway_of(Cents{-5}, burn_per_day("1")).state, "used_up");
  EXPECT_EQ(runway_of(Cents{100}, burn_per_day("0")).state, "no_recent_usage");
  EXPECT_EQ(runway_of(Cents{100}, burn_of(usage({{0, "1"}}), std::nullopt, today)).state,
            "not_enough_history");
}

TEST(Runway, TakesNoCorrectionForCredit) {
  EXPECT_EQ(runway_of(Cents{100}, burn_per_day("-7")).state, "no_recent_usage");
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
}

}  // namespace
}  // namespace xai::cli
