#include "cli/values.h"
#include "cli/exit_code.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace xai::cli {
namespace {

using namespace std::chrono_literals;

const management::Timestamp now = base::parse_rfc3339("2027-01-31T12:00:00.5Z").value();

TEST(Uuid, IsToldFromAName) {
  EXPECT_TRUE(is_uuid("fe15b799-32e1-4d02-9e65-80236f9995f7"));
  EXPECT_TRUE(is_uuid("FE15B799-32E1-4D02-9E65-80236F9995F7"));
  EXPECT_FALSE(is_uuid("fe15b799-32e1-4d02-9e65-80236f9995f"));
  EXPECT_FALSE(is_uuid("fe15b799x32e1-4d02-9e65-80236f9995f7"));
  EXPECT_FALSE(is_uuid("ge15b799-32e1-4d02-9e65-80236f9995f7"));
  EXPECT_FALSE(is_uuid(""));
}

TEST(Future, TakesSpansDatesAndTimes) {
  const auto read = [](const std::string& text) {
    return base::format_rfc3339(**parse_future("--expires", text, now));
  };
  EXPECT_EQ(read("90d"), "2027-05-01T12:00:00Z");
  EXPECT_EQ(read("24h"), "2027-02-01T12:00:00Z");
  EXPECT_EQ(read("2027-02-01"), "2027-02-01T00:00:00Z");
  EXPECT_EQ(read("2027-02-01T01:00:00+01:00"), "2027-02-01T00:00:00Z");
  EXPECT_EQ(*parse_future("--expires", "never", now), std::nullopt);
}

TEST(Future, RefusesThePastAndNonsense) {
  for (const char* text : {"2027-01-31", "2027-01-31T12:00:00Z", "0d", "0s", "", "soon", "-1d",
                           "2027-02-30", "90", "1e9d", "999999999999d"}) {
    const auto time = parse_future("--expires", text, now);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(exit_code_of(time.error()), ExitCode::usage);
  }
}

TEST(RelativeTime, SpeaksAsPeopleDo) {
  EXPECT_EQ(relative_time(now, now), "just now");
  EXPECT_EQ(relative_time(now - 59s, now), "just now");
  EXPECT_EQ(relative_time(now - 60s, now), "1 minute ago");
  EXPECT_EQ(relative_time(now - 3h, now), "3 hours ago");
  EXPECT_EQ(relative_time(now + 47h, now), "in 1 day");
  EXPECT_EQ(relative_time(now + 24h * 45, now), "in 45 days");
  EXPECT_EQ(relative_time(now + 24h * 61, now), "in 2 months");
  EXPECT_EQ(relative_time(now - 24h * 366, now), "1 year ago");
  EXPECT_EQ(relative_time(now + 30s, now), "in under a minute");
}

}  // namespace
}  // namespace xai::cli
