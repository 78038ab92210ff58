#include "base/zone.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace xai::base {
namespace {

using management::ErrorKind;
using management::Timestamp;
using namespace std::chrono;

Zone zone(std::string_view name) { return Zone::find(name).value(); }

Timestamp time(std::string_view text) { return parse_rfc3339(text).value(); }

local_days day(int y, unsigned m, unsigned d) {
  return local_days{year{y} / month{m} / std::chrono::day{d}};
}

hours length(const Zone& zone, local_days day) {
  return duration_cast<hours>(zone.start_of(day + days{1}) - zone.start_of(day));
}

TEST(Zone, BeginsADayAtItsOwnMidnight) {
  EXPECT_EQ(zone("America/New_York").start_of(day(2026, 11, 24)), time("2026-11-24T05:00:00Z"));
  EXPECT_EQ(zone("Asia/Kolkata").start_of(day(2026, 11, 24)), time("2026-11-23T18:30:00Z"));
  EXPECT_EQ(Zone{}.start_of(day(2026, 11, 24)), time("2026-11-24T00:00:00Z"));
}

TEST(Zone, HasDaysOf23And25Hours) {
  const Zone paris = zone("Europe/Paris");
  EXPECT_EQ(length(paris, day(2026, 3, 29)), hours{23});
  EXPECT_EQ(length(paris, day(2026, 10, 25)), hours{25});
  EXPECT_EQ(length(paris, day(2026, 10, 26)), hours{24});
}

TEST(Zone, BeginsADayWithoutMidnightBehindTheGap) {
  // Chile's clocks go from 24:00 to 01:00.
  EXPECT_EQ(zone("America/Santiago").start_of(day(2025, 9, 7)), time("2025-09-07T04:00:00Z"));
  // Samoa had no 30 December 2011.
  EXPECT_EQ(length(zone("Pacific/Apia"), day(2011, 12, 30)), hours{0});
}

TEST(Zone, TakesTheFirstOfTwoMidnights) {
  // Cuba's clocks go from 01:00 back to 00:00.
  EXPECT_EQ(zone("America/Havana").start_of(day(2025, 11, 2)), time("2025-11-02T04:00:00Z"));
  EXPECT_EQ(length(zone("America/Havana"), day(2025, 11, 2)), hours{25});
}

TEST(Zone, ShowsWhatItsClocksShow) {
  EXPECT_EQ(format_local(zone("America/New_York").local(time("2026-11-24T04:59:59.9Z"))),
            "2026-11-23 23:59:59");
  EXPECT_EQ(format_local(Zone{}.local(time("2026-11-24T04:59:59Z"))), "2026-11-24 04:59:59");
}

TEST(Zone, RefusesWhatTheDatabaseDoesNotHave) {
  for (const auto* const name :
       {"", "Mars/Olympus", "../../etc/passwd", "europe/paris", "EST5EDT4", "Europe/Paris "}) {
    const auto found = Zone::find(name);
    ASSERT_FALSE(found) << name;
    EXPECT_EQ(found.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(found.error().outcome, management::Outcome::not_sent);
  }
}

TEST(Zone, TakesUtcByItsNames) {
  for (const auto* const name : {"UTC", "Etc/UTC", "Etc/GMT"}) {
    EXPECT_TRUE(zone(name).is_utc());
    EXPECT_EQ(zone(name).name(), name);
  }
}

}  // namespace
}  // namespace xai::base
