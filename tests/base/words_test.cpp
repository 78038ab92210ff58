#include "base/words.h"

#include <gtest/gtest.h>

#include "base/time_text.h"
#include "base/uuid.h"

namespace xai::base {
namespace {

using namespace std::chrono_literals;

const management::Timestamp now = parse_rfc3339("2027-01-31T12:00:00.5Z").value();

TEST(Uuid, IsToldFromAName) {
  EXPECT_TRUE(is_uuid("fe15b799-32e1-4d02-9e65-80236f9995f7"));
  EXPECT_TRUE(is_uuid("FE15B799-32E1-4D02-9E65-80236F9995F7"));
  EXPECT_FALSE(is_uuid("fe15b799-32e1-4d02-9e65-80236f9995f"));
  EXPECT_FALSE(is_uuid("fe15b799x32e1-4d02-9e65-80236f9995f7"));
  EXPECT_FALSE(is_uuid("ge15b799-32e1-4d02-9e65-80236f9995f7"));
  EXPECT_FALSE(is_uuid(""));
}

TEST(RelativeTime, SpeaksAsPeopleDo) {
  EXPECT_EQ(relative_time(now, now), "just now");
  EXPECT_EQ(relative_time(now - 59s, now), "just now");
  EXPECT_EQ(relative_time(now - 60s, now), "1 minute ago");
  EXPECT_EQ(relative_time(now - 3h, now), "3 hours ago");
  EXPECT_EQ(relative_time(now + 47h, now), "in 1 day");
  EXPECT_EQ(relative_time(now + 24h * 45, now), "in 45 days");
  EXPECT_EQ(relative_time(now + 24h * 90, now + 2s), "in 90 days");
  EXPECT_EQ(relative_time(now + 2h, now + 29s), "in 2 hours");
  EXPECT_EQ(relative_time(now + 24h * 99, now), "in 99 days");
  EXPECT_EQ(relative_time(now + 24h * 121, now), "in 4 months");
  EXPECT_EQ(relative_time(now - 24h * 366, now), "1 year ago");
  EXPECT_EQ(relative_time(now + 30s, now), "in under a minute");
}

TEST(Words, AreCountedAndListed) {
  EXPECT_EQ(counted(1, "key"), "1 key");
  EXPECT_EQ(counted(0, "key"), "0 keys");
  EXPECT_EQ(listed({"a", "b"}), "a, b");
  EXPECT_EQ(listed({}), "none");
  EXPECT_EQ(listed({}, "-"), "-");
}

}  // namespace
}  // namespace xai::base
