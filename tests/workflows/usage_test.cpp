#include <gtest/gtest.h>

#include "base/decimal.h"
#include "fakes/answers_by_path.h"
#include "workflows/account_fixture.h"
#include "xai/management/usage_report.h"

namespace xai::workflows {
namespace {

using namespace management;
using namespace std::chrono;
using test::EmulatedAccount;

Timestamp at(const std::string& time) { return base::parse_rfc3339(time).value(); }

minutes length_of_day(const std::string& zone, local_days day) {
  const auto window = usage_window(zone, day, day, Timestamp{});
  return duration_cast<minutes>(window->to - window->from);
}

TEST(UsageWindow, HasTheDaysThatClockChangesMake) {
  EXPECT_EQ(length_of_day("Europe/Paris", local_days{2026y / March / 29}), hours{23});
  EXPECT_EQ(length_of_day("Europe/Paris", local_days{2026y / October / 25}), hours{25});
  EXPECT_EQ(length_of_day("Europe/Paris", local_days{2026y / November / 25}), hours{24});
  EXPECT_EQ(length_of_day("America/New_York", local_days{2026y / March / 8}), hours{23});
  EXPECT_EQ(length_of_day("America/New_York", local_days{2026y / November / 1}), hours{25});
  // Half an hour, there and back.
  EXPECT_EQ(length_of_day("Australia/Lord_Howe", local_days{2026y / October / 4}),
            hours{23} + minutes{30});
  EXPECT_EQ(length_of_day("Australia/Lord_Howe", local_days{2026y / April / 5}),
            hours{24} + minutes{30});
}

TEST(UsageWindow, RefusesATimeThatTheClocksShowTwice) {
  const auto reason_of = [](const std::string& zone, const std::string& time) {
    const auto window = usage_window(zone, local_days{2026y / January / 1}, at(time), Timestamp{});
    return window ? Reason::none : window.error().reason;
  };
  for (const auto* const time : {"2026-11-01T05:00:00Z", "2026-11-01T06:59:59Z"})
    EXPECT_EQ(reason_of("America/New_York", time), Reason::ambiguous_time) << time;
  for (const auto* const time : {"2026-11-01T04:59:59Z", "2026-11-01T07:00:00Z"})
    EXPECT_EQ(reason_of("America/New_York", time), Reason::none) << time;
  // From 2:00 back to 1:30.
  for (const auto* const time :
       {"2026-04-04T14:30:00Z", "2026-04-04T14:45:00Z", "2026-04-04T15:29:59Z"})
    EXPECT_EQ(reason_of("Australia/Lord_Howe", time), Reason::ambiguous_time) << time;
  for (const auto* const time : {"2026-04-04T14:29:59Z", "2026-04-04T15:30:00Z"})
    EXPECT_EQ(reason_of("Australia/Lord_Howe", time), Reason::none) << time;
}

TEST(UsageWindow, EndsWithTheDayOrTheHour) {
  const Timestamp now = at("2026-11-23T12:20:00Z");
  const auto of_days = last_usage_window("Pacific/Kiritimati", days{2}, now);
  EXPECT_EQ(of_days->from, at("2026-11-22T10:00:00Z"));
  EXPECT_EQ(of_days->to, at("2026-11-24T10:00:00Z"));
  const auto of_hours = last_usage_window("UTC", hours{6}, now);
  EXPECT_EQ(of_hours->from, at("2026-11-23T07:00:00Z"));
  EXPECT_EQ(of_hours->to, at("2026-11-23T13:00:00Z"));
  const auto open = usage_window("UTC", at("2026-11-20T00:00:00Z"), std::nullopt, now);
  EXPECT_EQ(open->to, at("2026-11-24T00:00:00Z"));
}

TEST(UsageWindow, TellsWhyThereIsNone) {
  const local_days day{2026y / November / 2};
  const auto empty = usage_window("UTC", at("2026-11-03T00:00:00Z"), day, Timestamp{});
  EXPECT_EQ(empty.error().reason, Reason::empty_window);
  EXPECT_EQ(usage_window("Mars/Olympus", day, day, Timestamp{}).error().reason,
            Reason::unknown_zone);
}

struct UsageTest : testing::Test {
  UsageTest() { account.reach_through(service.serve()); }

  static std::string series(const std::string& group, const std::string& points) {
    return R"({"group":[")" + group + R"("],"groupLabels":["a label"],"dataPoints":[)" + points +
           "]}";
  }
  void answer(const std::string& all_series, bool is_partial = false) {
    service.answer("usage", R"({"timeSeries":[)" + all_series + R"(],"limitReached":)" +
                                (is_partial ? "true}" : "false}"));
  }
  Result<UsageReport> read(UsageGrouping by = UsageGrouping::description) {
    return usage(*account, {.window = window, .by = by}, account.listening());
  }

  fakes::AnswersByPath service{};
  EmulatedAccount account{};
  UsageWindow window{.from = at("2027-01-01T00:00:00Z"), .to = at("2027-01-03T00:00:00Z")};
};

TEST_F(UsageTest, SumsExactlyByBucketAndSeries) {
  answer(series("a", R"({"timestamp":"2027-01-02T00:00:00Z","values":[0.2]},)"
                     R"({"timestamp":"2027-01-01T00:00:00Z","values":[0.1]},)"
                     R"({"timestamp":"2027-01-01T00:00:00Z","values":["0.1"]})") +
         "," + series("b", R"({"timestamp":"2027-01-02T00:00:00Z","values":[1.037e-4]})"));
  const UsageReport report = read().value();
  EXPECT_EQ(report.buckets, (std::vector{at("2027-01-01T00:00:00Z"), at("2027-01-02T00:00:00Z")}));
  ASSERT_EQ(report.series.size(), 2);
  EXPECT_EQ(report.series[0].group, "a");
  EXPECT_EQ(report.series[0].label, "a label");
  EXPECT_EQ(report.series[0].sums, (std::vector<Decimal>{{"0.2"}, {"0.2"}}));
  EXPECT_EQ(report.series[0].total, Decimal{"0.4"});
  EXPECT_EQ(report.series[1].sums, (std::vector<Decimal>{{"0"}, {"0.0001037"}}));
  EXPECT_EQ(report.sums, (std::vector<Decimal>{{"0.2"}, {"0.2001037"}}));
  EXPECT_EQ(report.total, Decimal{"0.4001037"});
  EXPECT_FALSE(report.is_partial);
}

TEST_F(UsageTest, MarksSumsThatAreNoTotals) {
  answer(series("a", R"({"timestamp":"2027-01-01T00:00:00Z","values":[1]})"), true);
  EXPECT_TRUE(read()->is_partial);
  EXPECT_EQ(read()->total, Decimal{"1"});
}

TEST_F(UsageTest, TakesNoNonsenseForUsage) {
  for (const auto* const point : {R"({"timestamp":"soon","values":[1]})", "5",
                                  R"({"timestamp":"2027-01-01T00:00:00Z","values":["x"]})"}) {
    answer(series("a", point));
    const auto report = read();
    ASSERT_FALSE(report) << point;
    EXPECT_EQ(report.error().kind, ErrorKind::malformed_response);
  }
}

TEST_F(UsageTest, TakesNoFigureThatIsMissingForZero) {
  const std::string good = R"({"timestamp":"2027-01-01T00:00:00Z","values":[1]})";
  for (const std::string bad : {R"({"timestamp":"2027-01-02T00:00:00Z","values":[]})",
                                R"({"timestamp":"2027-01-02T00:00:00Z","values":null})",
                                R"({"timestamp":"2027-01-02T00:00:00Z","values":[null]})",
                                R"({"timestamp":"2027-01-02T00:00:00Z"})", "{}", "null"})
    for (const std::string& points : {bad, good + "," + bad, bad + "," + good}) {
      answer(series("b", good) + "," + series("a", points));
      const auto report = read();
      ASSERT_FALSE(report) << points;
      EXPECT_EQ(report.error().kind, ErrorKind::malformed_response);
    }
}

TEST_F(UsageTest, LosesNoFigureForWantOfATime) {
  for (const std::string point :
       {R"({"timestamp":null,"values":[1000]})", R"({"values":[1000]})"}) {
    const std::string good = R"({"timestamp":"2027-01-01T00:00:00Z","values":[1]})";
    answer(series("a", good + "," + point));
    EXPECT_EQ(read().error().kind, ErrorKind::malformed_response) << point;
    // Where there is one point only, it needs none.
    answer(series("a", point) + "," + series("b", point));
    const auto whole = usage(*account, {.window = window, .every = UsageUnit::whole_window});
    ASSERT_TRUE(whole) << whole.error().message;
    EXPECT_EQ(whole->total, Decimal{"2000"});
    EXPECT_EQ(whole->buckets, std::vector{window.from});
  }
}

TEST_F(UsageTest, RefusesASumThatLacksAPoint) {
  const std::string good = R"({"timestamp":"2027-01-01T00:00:00Z","values":[1]})";
  const std::string beyond_all_bounds = R"({"timestamp":"2027-01-01T00:00:00Z","values":[1e900]})";
  for (const std::string& bad : {beyond_all_bounds, std::string{"5"}})
    for (const std::string& points : {bad, bad + "," + good, good + "," + bad + "," + good}) {
      answer(series("a", points) + "," + series("b", good));
      const auto report = read();
      ASSERT_FALSE(report) << points;
      EXPECT_EQ(report.error().kind, ErrorKind::malformed_response);
    }
}

TEST_F(UsageTest, NamesKeys) {
  answer(series("id-1", R"({"timestamp":"2027-01-01T00:00:00Z","values":[1]})") + "," +
         series("id-2", ""));
  service.answer("api-keys", R"({"apiKeys":[{"apiKeyId":"id-1","name":"web"}]})");
  const UsageReport report = read(UsageGrouping::api_key).value();
  EXPECT_EQ(report.series[0].key_name, "web");
  EXPECT_EQ(report.series[1].key_name, "");
  EXPECT_EQ(report.series[1].group, "id-2");
  EXPECT_TRUE(account.events<Warning>().empty());
}

TEST_F(UsageTest, GoesWithoutNamesThatCannotBeRead) {
  answer(series("id-1", R"({"timestamp":"2027-01-01T00:00:00Z","values":[1]})"));
  service.answer("api-keys", R"({"code":7,"message":"no"})", 403);
  EXPECT_EQ(read(UsageGrouping::api_key)->total, Decimal{"1"});
  ASSERT_EQ(account.events<Warning>().size(), 1);
  EXPECT_EQ(account.events<Warning>()[0].kind, WarningKind::key_names_unreadable);
}

/// What an emulator of November 2026 answers for a few days of a zone.
struct ClockChange : testing::Test {
  UsageReport read(const std::string& zone, local_days from, local_days to, UsageUnit every) {
    const UsageWindow window = usage_window(zone, from, to, account.now()).value();
    return usage(*account, {.window = window, .every = every}).value();
  }

  /// Days cut the window where the zone's midnights do, and lose nothing of it.
  void check(const std::string& zone, local_days from, const std::vector<std::string>& midnights) {
    const local_days to = from + days{midnights.size() - 1};
    const UsageReport by_day = read(zone, from, to, UsageUnit::day);
    std::vector<Timestamp> starts;
    for (const std::string& midnight : midnights) starts.push_back(at(midnight));
    EXPECT_EQ(by_day.buckets, starts);
    EXPECT_EQ(by_day.total, read(zone, from, to, UsageUnit::whole_window).total);
    EXPECT_EQ(by_day.total, read(zone, from, to, UsageUnit::quarter_hour).total);
    EXPECT_NE(by_day.total, Decimal{"0"});
  }

  EmulatedAccount account{};
};

TEST_F(ClockChange, LosesNothingInNewYork) {
  check("America/New_York", local_days{2026y / October / 31},
        {"2026-10-31T04:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"});
}

TEST_F(ClockChange, LosesNothingOnLordHowe) {
  check("Australia/Lord_Howe", local_days{2026y / October / 3},
        {"2026-10-02T13:30:00Z", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z"});
}

}  // namespace
}  // namespace xai::workflows
