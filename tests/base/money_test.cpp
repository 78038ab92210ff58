#include "base/money.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>

namespace xai::base {
namespace {

using management::Cents;

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

TEST(ParseUsd, ReadsDollarsExactly) {
  EXPECT_EQ(parse_usd("12.50"), Cents{1'250});
  EXPECT_EQ(parse_usd("$12.50"), Cents{1'250});
  EXPECT_EQ(parse_usd("-3.40"), Cents{-340});
  EXPECT_EQ(parse_usd("-$3.40"), Cents{-340});
  EXPECT_EQ(parse_usd("12"), Cents{1'200});
  EXPECT_EQ(parse_usd("12.5"), Cents{1'250});
  EXPECT_EQ(parse_usd("0.01"), Cents{1});
  EXPECT_EQ(parse_usd("-0.01"), Cents{-1});
  EXPECT_EQ(parse_usd("007"), Cents{700});
  EXPECT_EQ(parse_usd("-0"), Cents{0});
  EXPECT_EQ(parse_usd("92233720368547758.07"), Cents{most});
  EXPECT_EQ(parse_usd("-92233720368547758.08"), Cents{least});
}

TEST(ParseUsd, RefusesAllElse) {
  for (const auto* text : {"",
                           "-",
                           "$",
                           "-$",
                           ".",
                           ".50",
                           "12.",
                           "12.505",
                           "12.500",
                           "1e3",
                           "1E3",
                           "1.5e1",
                           "+5",
                           "$-5",
                           "--5",
                           "$$5",
                           "5$",
                           "1,000",
                           "1,50",
                           "1 000",
                           " 5",
                           "5 ",
                           "0x10",
                           "five",
                           "NaN",
                           "inf",
                           "1.2.3",
                           "1.-5",
                           "-1.+5",
                           "\u20AC5",
                           "92233720368547758.08",
                           "-92233720368547758.09",
                           "99999999999999999999999999"})
    EXPECT_EQ(parse_usd(text), std::nullopt) << text;
  EXPECT_EQ(parse_usd(std::string_view{"5\0", 2}), std::nullopt);
}

TEST(FormatUsd, WritesTwoDecimals) {
  EXPECT_EQ(format_usd({1'250}), "12.50");
  EXPECT_EQ(format_usd({-340}), "-3.40");
  EXPECT_EQ(format_usd({0}), "0.00");
  EXPECT_EQ(format_usd({-1}), "-0.01");
  EXPECT_EQ(format_usd({least}), "-92233720368547758.08");
}

TEST(FormatUsd, IsReadBackAsItWas) {
  const auto check = [](std::int64_t value) {
    const std::string text = format_usd({value});
    ASSERT_EQ(parse_usd(text), Cents{value}) << text;
    const std::string with_sign = value < 0 ? "-$" + text.substr(1) : "$" + text;
    ASSERT_EQ(parse_usd(with_sign), Cents{value}) << with_sign;
  };
  for (const std::int64_t edge : {least, most, std::int64_t{0}})
    for (std::int64_t distance = 0; distance < 1'000; ++distance) {
      if (edge != least) check(edge - distance);
      if (edge != most) check(edge + distance);
    }
  std::mt19937_64 engine{2'611};
  for (int round = 0; round < 20'000; ++round)
    // Fewer bits each time around, so that small amounts come too.
    check(static_cast<std::int64_t>(engine()) >> (round % 64));
}

TEST(Cents, AreAddedOnlyWhereTheyFit) {
  EXPECT_EQ(sum({40}, {2}), Cents{42});
  EXPECT_EQ(sum({most}, {1}), std::nullopt);
  EXPECT_EQ(sum({least}, {-1}), std::nullopt);
  EXPECT_EQ(difference({-300}, {-500}), Cents{200});
  EXPECT_EQ(difference({0}, {least}), std::nullopt);
  EXPECT_EQ(difference({least}, {1}), std::nullopt);
}

}  // namespace
}  // namespace xai::base
