#include "base/time_text.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

namespace xai::base {
namespace {

using management::Timestamp;
using namespace std::chrono;
using namespace std::chrono_literals;

Timestamp at(int y, unsigned m, unsigned d, microseconds clock = {}) {
  return Timestamp{sys_days{year{y} / month{m} / day{d}}} + clock;
}

TEST(Rfc3339, ReadsTheServicesForms) {
  EXPECT_EQ(parse_rfc3339("2025-11-13T16:14:38.164829Z"),
            at(2025, 11, 13, 16h + 14min + 38s + 164'829us));
  EXPECT_EQ(parse_rfc3339("2025-11-13T16:14:38Z"), at(2025, 11, 13, 16h + 14min + 38s));
}

TEST(Rfc3339, ReadsAnyLengthOfFraction) {
  EXPECT_EQ(parse_rfc3339("2025-01-01T00:00:00.5Z"), at(2025, 1, 1, 500'000us));
  EXPECT_EQ(parse_rfc3339("2025-01-01T00:00:00.005Z"), at(2025, 1, 1, 5'000us));
  EXPECT_EQ(parse_rfc3339("2025-01-01T00:00:00.123456789Z"), at(2025, 1, 1, 123'456us));
  EXPECT_EQ(parse_rfc3339("2025-01-01T00:00:00.000000999999999999999999999Z"), at(2025, 1, 1));
}

TEST(Rfc3339, ReadsOffsetsAndLowerCase) {
  EXPECT_EQ(parse_rfc3339("2025-01-01T02:00:00+02:00"), at(2025, 1, 1));
  EXPECT_EQ(parse_rfc3339("2024-12-31T18:30:00-05:30"), at(2025, 1, 1));
  EXPECT_EQ(parse_rfc3339("2025-01-01t00:00:00z"), at(2025, 1, 1));
  EXPECT_EQ(parse_rfc3339("2025-01-01 00:00:00-00:00"), at(2025, 1, 1));
}

TEST(Rfc3339, PutsALeapSecondIntoTheNextMinute) {
  EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), at(2017, 1, 1));
}

TEST(Rfc3339, KnowsTheCalendar) {
  EXPECT_TRUE(parse_rfc3339("2024-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2023-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2100-02-29T00:00:00Z"));
  EXPECT_TRUE(parse_rfc3339("0001-01-01T00:00:00Z"));
  EXPECT_TRUE(parse_rfc3339("9999-12-31T23:59:59Z"));
}

TEST(Rfc3339, RefusesInstantsThatCouldNotBeWrittenAgain) {
  EXPECT_FALSE(parse_rfc3339("0001-01-01T00:00:00+00:01"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:60Z"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:59-00:01"));
}

TEST(Rfc3339, RefusesAllElse) {
  for (const auto* bad : {"",
                          "2025",
                          "2025-01-01",
                          "2025-01-01T00:00:00",
                          "2025-01-01T00:00Z",
                          "2025-13-01T00:00:00Z",
                          "2025-00-01T00:00:00Z",
                          "2025-01-32T00:00:00Z",
                          "2025-01-01T24:00:00Z",
                          "2025-01-01T00:60:00Z",
                          "2025-01-01T00:00:61Z",
                          "2025-01-01T00:00:00.Z",
                          "2025-01-01T00:00:00+24:00",
                          "2025-01-01T00:00:00+0100",
                          "2025-01-01T00:00:00ZZ",
                          " 2025-01-01T00:00:00Z",
                          "2025-01-01T00:00:00Z ",
                          "25-01-01T00:00:00Z",
                          "0000-01-01T00:00:00Z",
                          "+2025-01-01T00:00:00Z",
                          "1763050478",
                          "2025-1-1T00:00:00Z"})
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
}

TEST(Rfc3339, WritesSixDigitsOrNone) {
  EXPECT_EQ(format_rfc3339(at(2025, 1, 2, 3h + 4min + 5s)), "2025-01-02T03:04:05Z");
  EXPECT_EQ(format_rfc3339(at(2025, 1, 2, 500'000us)), "2025-01-02T00:00:00.500000Z");
  EXPECT_EQ(format_rfc3339(at(2025, 1, 2, 1us)), "2025-01-02T00:00:00.000001Z");
}

TEST(Rfc3339, WritesInstantsBeforeTheEpoch) {
  EXPECT_EQ(format_rfc3339(at(1970, 1, 1) - 1us), "1969-12-31T23:59:59.999999Z");
}

TEST(Rfc3339, ParsingUndoesFormattingForAnyInstant) {
  std::mt19937_64 random{3'339};
  std::uniform_int_distribution<std::int64_t> micros{
      at(1, 1, 1).time_since_epoch().count(),
      at(9999, 12, 31, 23h + 59min + 59s + 999'999us).time_since_epoch().count()};
  for (int round = 0; round < 20'000; ++round) {
    const Timestamp time{microseconds{micros(random)}};
    const std::string text = format_rfc3339(time);
    ASSERT_EQ(parse_rfc3339(text), time) << text;
    const auto whole = floor<seconds>(time);
    ASSERT_EQ(parse_rfc3339(format_rfc3339(whole)), Timestamp{whole}) << text;
  }
}

TEST(Rfc3339, FormattingKeepsTheOrderOfInstantsWithinOneForm) {
  EXPECT_LT(format_rfc3339(at(2025, 1, 1)), format_rfc3339(at(2025, 1, 1, 1s)));
  EXPECT_LT(format_rfc3339(at(2025, 1, 31)), format_rfc3339(at(2025, 2, 1)));
}

TEST(Date, IsItsFirstInstant) {
  EXPECT_EQ(parse_date("2027-01-31"), at(2027, 1, 31));
  for (const auto* bad : {"", "2027-01", "2027-02-30", "2027-01-31T00:00:00Z", "2027/01/31",
                          "31-01-2027", "2027-01-31 "})
    EXPECT_FALSE(parse_date(bad)) << bad;
}

TEST(Span, ReadsUnitsAndSums) {
  EXPECT_EQ(parse_span("45s"), 45s);
  EXPECT_EQ(parse_span("30m"), 30min);
  EXPECT_EQ(parse_span("24h"), 24h);
  EXPECT_EQ(parse_span("90d"), hours{90 * 24});
  EXPECT_EQ(parse_span("2w"), hours{14 * 24});
  EXPECT_EQ(parse_span("1d12h"), 36h);
  EXPECT_EQ(parse_span("0s"), 0s);
}

TEST(Span, RefusesAllElse) {
  for (const auto* bad :
       {"", "d", "90", "90x", "-1d", "+1d", "-0s", "1d-0h", "1.5h", " 1d", "1d ", "1 d", "1d12",
        "99999999999999999999d", "9223372036854775807w", "36601d", "5228w1000d"})
    EXPECT_FALSE(parse_span(bad)) << bad;
}

TEST(Span, ReachesAHundredYears) { EXPECT_EQ(parse_span("36600d"), hours{36'600 * 24}); }

TEST(HttpDate, ReadsTheFormOfToday) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at(1994, 11, 6, 8h + 49min + 37s));
}

TEST(HttpDate, RefusesAllElse) {
  for (const auto* bad : {"", "120", "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37",
                          "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
                          "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
                          "Sun, 06 Nov 1994 08:49:37 EST", "Sun, 06 No",
                          // A leap second that leads into the year 10000, and a year before 1.
                          "Fri, 31 Dec 9999 23:59:60 GMT", "Sat, 01 Jan 0000 00:00:00 GMT"})
    EXPECT_FALSE(parse_http_date(bad)) << bad;
}

TEST(HttpDate, ParsingUndoesFormattingForAnySecond) {
  std::mt19937_64 random{9'110};
  std::uniform_int_distribution<std::int64_t> any{
      duration_cast<seconds>(at(1000, 1, 1).time_since_epoch()).count(),
      duration_cast<seconds>(at(9999, 12, 31).time_since_epoch()).count()};
  for (int round = 0; round < 5'000; ++round) {
    const Timestamp time{seconds{any(random)}};
    ASSERT_EQ(parse_http_date(format_http_date(time)), time) << format_http_date(time);
  }
  EXPECT_EQ(format_http_date(at(1994, 11, 6, 8h + 49min + 37s)), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace xai::base
