#include "cli/time_options.h"
#include "cli/exit_code.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace xai::cli {
namespace {

using namespace std::chrono_literals;

const management::Timestamp now = base::parse_rfc3339("2027-01-31T12:00:00.5Z").value();

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

}  // namespace
}  // namespace xai::cli
