#include <gtest/gtest.h>

#include <random>

#include "cli/money_fixture.h"

namespace xai::cli::test {
namespace {

const std::string two_series =
    R"({"timeSeries":[{"group":["a"],"groupLabels":["a"],"dataPoints":[)"
    R"({"timestamp":"2026-11-01T00:00:00Z","values":[0.1]},)"
    R"({"timestamp":"2026-11-02T00:00:00Z","values":[0.20]}]},)"
    R"({"group":["b"],"groupLabels":["b"],"dataPoints":[)"
    R"({"timestamp":"2026-11-01T00:00:00Z","values":[1.037e-4]},)"
    R"({"timestamp":"2026-11-02T00:00:00Z","values":[1000000000.123456789012345678]}]}],)"
    R"("limitReached":false})";

struct Usage : testing::Test {
  Usage() { app.answer("usage", two_series); }

  std::string body_of(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "usage");
    app.run(std::move(arguments));
    EXPECT_FALSE(app.requests.empty()) << app.err;
    return app.requests.empty() ? "" : app.requests.back().body;
  }

  /// Whether the window asked for is this one.
  bool asks_for(const std::vector<std::string>& arguments, const std::string& start,
                const std::string& end) {
    const std::string body = body_of(arguments);
    const bool is_so = body.contains("\"startTime\":\"" + start + "\"") &&
                       body.contains("\"endTime\":\"" + end + "\"");
    EXPECT_TRUE(is_so) << body;
    return is_so;
  }

  MoneyApp app{};
};

TEST_F(Usage, DropsNoLastSecond) {
  asks_for({"--from", "2026-10-01", "--to", "2026-10-31"}, "2026-10-01 00:00:00",
           "2026-11-01 00:00:00");
}

TEST_F(Usage, EndsWithTheNextMidnightOfTheZone) {
  asks_for({}, "2026-10-25 00:00:00", "2026-11-24 00:00:00");
  asks_for({"--last", "1d"}, "2026-11-23 00:00:00", "2026-11-24 00:00:00");
  // At noon UTC it is the 24th already in Kiritimati.
  asks_for({"--last", "1d", "--zone", "Pacific/Kiritimati"}, "2026-11-24 00:00:00",
           "2026-11-25 00:00:00");
}

TEST_F(Usage, IsAskedForByTheServicesClock) {
  app.answer("usage", two_series, 200, {{"date", "Tue, 24 Nov 2026 12:00:30 GMT"}});
  asks_for({"--last", "1d"}, "2026-11-24 00:00:00", "2026-11-25 00:00:00");
  EXPECT_EQ(app.requests.size(), 2U);
  app.requests.clear();
  // A minute that makes no other window is no reason to ask again.
  app.answer("usage", two_series, 200, {{"date", "Mon, 23 Nov 2026 12:01:00 GMT"}});
  asks_for({"--last", "1d"}, "2026-11-23 00:00:00", "2026-11-24 00:00:00");
  EXPECT_EQ(app.requests.size(), 1U);
}

TEST_F(Usage, EndsASpanOfHoursWithTheHour) {
  app.now += std::chrono::minutes{20};
  asks_for({"--last", "6h", "--every", "hour"}, "2026-11-23 07:00:00", "2026-11-23 13:00:00");
}

TEST_F(Usage, TakesInstantsIntoTheZone) {
  asks_for({"--from", "2026-11-01T12:00:00Z", "--to", "2026-11-02T00:00:00.5Z", "--zone",
            "America/New_York"},
           "2026-11-01 07:00:00", "2026-11-01 19:00:01");
}

TEST_F(Usage, RefusesATimeThatTheClocksShowTwice) {
  // New York's clocks went from 2:00 back to 1:00 at 06:00Z.
  for (const auto* const time : {"2026-11-01T05:00:00Z", "2026-11-01T05:59:59Z",
                                 "2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z"}) {
    EXPECT_EQ(
        app.run({"usage", "--from", "2026-10-31", "--to", time, "--zone", "America/New_York"}), 2);
    EXPECT_TRUE(app.err.contains("comes twice in America/New_York")) << app.err;
    EXPECT_EQ(app.run({"usage", "--from", time, "--zone", "America/New_York"}), 2);
  }
  for (const auto* const time : {"2026-11-01T04:59:59Z", "2026-11-01T07:00:00Z"})
    EXPECT_EQ(app.run({"usage", "--from", time, "--zone", "America/New_York"}), 0) << app.err;
  EXPECT_EQ(app.run({"usage", "--from", "2026-11-01T05:30:00Z"}), 0) << app.err;
}

TEST_F(Usage, AsksForWhatItWasToldTo) {
  const std::string body = body_of({"--every", "week", "--by", "description", "--filter", "a:1",
                                    "--filter", "usage:>100", "--zone", "Etc/GMT"});
  EXPECT_TRUE(body.contains(R"("timeUnit":"TIME_UNIT_CALENDAR_WEEK")")) << body;
  EXPECT_TRUE(body.contains(R"("groupBy":["description"])"));
  EXPECT_TRUE(body.contains(R"("filters":["a:1","usage:>100"])"));
  EXPECT_TRUE(body.contains(R"("timezone":"Etc/GMT")"));
  EXPECT_TRUE(body.contains(R"([{"name":"usd","aggregation":"AGGREGATION_SUM"}])"));
  EXPECT_TRUE(body_of({"--every", "quarter-hour"}).contains("TIME_UNIT_QUARTER_HOUR"));
  EXPECT_TRUE(body_of({"--every", "none", "--by", "key", "--output", "json"})
                  .contains(R"(["api_key_id"])"));
}

TEST_F(Usage, PrintsNumbersAsTheyCame) {
  ASSERT_EQ(app.run({"usage", "--by", "description", "--output", "csv"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains(",a,0.20\r\n")) << app.out;
  EXPECT_TRUE(app.out.contains(",b,1.037e-4\r\n"));
  EXPECT_TRUE(app.out.contains(",b,1000000000.123456789012345678\r\n"));
  for (const auto* const format : {"json", "jsonl"}) {
    ASSERT_EQ(app.run({"usage", "--by", "description", "--output", format}), 0);
    EXPECT_TRUE(app.out.contains("1000000000.123456789012345678")) << app.out;
    EXPECT_TRUE(app.out.contains("0.20"));
  }
}

TEST_F(Usage, SumsWithoutFloatingPoint) {
  app.answer("usage", R"({"timeSeries":[{"group":[],"dataPoints":[)"
                      R"({"timestamp":"2026-11-01T00:00:00Z","values":[9007199254740993.00]},)"
                      R"({"timestamp":"2026-11-02T00:00:00Z","values":[0.005]}]}]})");
  ASSERT_EQ(app.run({"usage"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("Total: 9007199254740993.01 USD")) << app.out;
}

TEST_F(Usage, ShowsWhatIsLittleAsNotNothing) {
  app.answer("usage", R"({"timeSeries":[{"group":[],"dataPoints":[)"
                      R"({"timestamp":"2026-11-01T00:00:00Z","values":[0.0001037]}]}]})");
  ASSERT_EQ(app.run({"usage"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("Total: <0.01 USD")) << app.out;
}

TEST_F(Usage, SumsNoCappedAnswerUpAsTotal) {
  std::string partial = two_series;
  partial.replace(partial.find("false"), 5, "true");
  app.answer("usage", partial);
  ASSERT_EQ(app.run({"usage", "--by", "description"}), 0);
  EXPECT_TRUE(app.out.contains("total (partial)")) << app.out;
  EXPECT_TRUE(app.out.contains("USD (PARTIAL)"));
  EXPECT_TRUE(app.err.contains("warning"));
  ASSERT_EQ(app.run({"usage", "--output", "json"}), 0);
  EXPECT_TRUE(app.out.contains(R"("limitReached": true)"));
  EXPECT_TRUE(app.err.contains("partial")) << app.err;
}

TEST_F(Usage, TakesNoNonsenseForUsage) {
  for (const auto* const point : {R"({"timestamp":"soon","values":[1]})",
                                  R"({"timestamp":"2026-11-01T00:00:00Z","values":["x"]})",
                                  R"({"timestamp":"2026-11-01T00:00:00Z","values":[true]})"}) {
    app.answer("usage",
               R"({"timeSeries":[{"group":[],"dataPoints":[)" + std::string{point} + "]}]}");
    for (const auto* const format : {"text", "csv", "json", "jsonl"})
      EXPECT_EQ(app.run({"usage", "--output", format}), 13) << point << " " << format;
  }
  app.answer("usage", R"({"timeSeries":{}})");
  EXPECT_EQ(app.run({"usage"}), 13);
}

TEST_F(Usage, TellsKeysOfOneNameApart) {
  const auto series = [](const std::string& id, const std::string& label) {
    return R"({"group":[")" + id + R"("],"groupLabels":[")" + label +
           R"("],"dataPoints":[{"timestamp":"2026-11-01T00:00:00Z","values":[1]}]})";
  };
  app.answer("usage", R"({"timeSeries":[)" + series("id-1", "same") + "," + series("id-2", "same") +
                          "," + series("id-3", "other") + "]}");
  ASSERT_EQ(app.run({"usage", "--by", "key"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("same (id-1)")) << app.out;
  EXPECT_TRUE(app.out.contains("same (id-2)"));
  EXPECT_FALSE(app.out.contains("id-3"));
  ASSERT_EQ(app.run({"usage", "--by", "key", "--output", "csv"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains(",id-1,same,1\r\n")) << app.out;
}

TEST_F(Usage, KeepsOutOfOrderPointsWithTheirTimes) {
  app.answer("usage", R"({"time_series":[{"group":["a"],"data_points":[)"
                      R"({"values":["0.5"],"timestamp":"2026-11-02T00:00:00Z"},)"
                      R"({"timestamp":"2026-11-01T00:00:00Z","values":[1.5e0]}]},)"
                      R"({"data_points":[{"timestamp":"2026-11-02T00:00:00Z","values":[2]},)"
                      R"({"timestamp":"2026-11-03T00:00:00Z","values":[0]}],"group":["b"]},)"
                      R"({"group":["c"],"dataPoints":[]},{"group":["d"]}]})");
  ASSERT_EQ(app.run({"usage", "--by", "description", "--output", "csv"}), 0) << app.err;
  EXPECT_EQ(app.out,
            "timestamp,description,usd\r\n2026-11-02T00:00:00Z,a,0.5\r\n"
            "2026-11-01T00:00:00Z,a,1.5e0\r\n2026-11-02T00:00:00Z,b,2\r\n"
            "2026-11-03T00:00:00Z,b,0\r\n");
  ASSERT_EQ(app.run({"usage", "--by", "description"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("2026-11-01  1.50")) << app.out;
  EXPECT_TRUE(app.out.contains("2026-11-02  2.50"));
  EXPECT_TRUE(app.out.contains("2026-11-03  0.00"));
}

TEST_F(Usage, TakesNoNonsenseForSeries) {
  for (const auto* const series :
       {"5", R"({"dataPoints":{}})", R"({"dataPoints":7})", R"({"dataPoints":[5]})",
        R"({"dataPoints":[{"values":{}}]})", R"({"d\u0061taPoints":[{"values":[1]}]})"}) {
    app.answer("usage", R"({"timeSeries":[)" + std::string{series} + "]}");
    for (const auto* const format : {"text", "csv"})
      EXPECT_EQ(app.run({"usage", "--output", format}), 13) << series << " " << format;
  }
}

TEST_F(Usage, EndsWithAnErrorWhereAFigureOrItsTimeIsMissing) {
  for (const auto* const point :
       {R"({"timestamp":"2026-11-29T00:00:00Z","values":[]})", R"({"values":[12.5]})",
        R"({"timestamp":"2026-11-29T00:00:00Z"})", R"({"timestamp":null,"values":[12.5]})",
        R"({"timestamp":"2026-11-29T00:00:00Z","values":[null]})"}) {
    app.answer("usage", R"({"timeSeries":[{"dataPoints":[{"timestamp":"2026-11-28T00:00:00Z",)"
                        R"("values":[1]},)" +
                            std::string{point} + "]}]}");
    for (const auto* const format : {"text", "csv", "json", "jsonl"}) {
      EXPECT_EQ(app.run({"usage", "--output", format}), 13) << point << " " << format;
      EXPECT_EQ(app.out, "") << point << " " << format;
    }
  }
}

TEST_F(Usage, NeedsNoTimeOfTheWholeWindow) {
  app.answer("usage", R"({"timeSeries":[{"dataPoints":[{"values":[12.5]}]}]})");
  ASSERT_EQ(app.run({"usage", "--every", "none"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("Total: 12.50 USD")) << app.out;
  ASSERT_EQ(app.run({"usage", "--every", "none", "--output", "csv"}), 0) << app.err;
  EXPECT_EQ(app.out, "timestamp,usd\r\n,12.5\r\n");
}

TEST_F(Usage, KeepsAYearOnSixtyBars) {
  std::string points;
  for (int day = 0; day < 365; ++day) {
    const management::Timestamp start =
        base::parse_rfc3339("2025-11-24T00:00:00Z").value() + std::chrono::days{day};
    points += (day == 0 ? "" : ",") + std::string{R"({"timestamp":")"} +
              base::format_rfc3339(start) + R"(","values":[1]})";
  }
  app.answer("usage", R"({"timeSeries":[{"group":[],"dataPoints":[)" + points + "]}]}");
  ASSERT_EQ(app.run({"usage", "--last", "365d"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("each bar is 7 days")) << app.out;
  EXPECT_TRUE(app.out.contains("2025-11-24  7.00"));
  EXPECT_TRUE(app.out.contains("Total: 365.00 USD"));
}

}  // namespace
}  // namespace xai::cli::test
