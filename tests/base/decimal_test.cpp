#include "base/decimal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace xai::base {
namespace {

std::string sum_text(const std::vector<std::string>& numbers) {
  DecimalSum sum;
  for (const std::string& number : numbers)
    if (!sum.add(number)) return "refused " + number;
  return sum.text();
}

std::optional<std::int64_t> cents_of(std::string_view dollars) {
  DecimalSum sum;
  if (!sum.add(dollars)) return std::nullopt;
  return sum.rounded(2);
}

TEST(IsNumber, IsTheGrammarOfJson) {
  for (const auto* text : {"0", "-0", "7", "10", "0.5", "-12.50", "1e5", "1E+5", "1.5e-07", "0e0"})
    EXPECT_TRUE(is_number(text)) << text;
  for (const auto* text :
       {"",   "-",  "+1",  "01",    "-01",  ".5",  "1.",       "1.e5",  "1e",  "1e+", "e5",
        "1 ", " 1", "1,5", "1.5.5", "0x10", "NaN", "Infinity", "1e5.5", "--1", "1-",  "\xD9\xA1"})
    EXPECT_FALSE(is_number(text)) << text;
}

TEST(DecimalSum, IsExactWhereFloatingPointIsNot) {
  EXPECT_EQ(sum_text({}), "0");
  EXPECT_EQ(sum_text({"0.1", "0.2"}), "0.3");
  EXPECT_EQ(sum_text({"0.75973725", "0.0001037", "0.14", "0"}), "0.89984095");
  EXPECT_EQ(sum_text({"9007199254740993", "0.5"}), "9007199254740993.5");
  EXPECT_EQ(sum_text({"1e308", "5e-324", "-1e308"}), "0." + std::string(323, '0') + "5");
  EXPECT_EQ(sum_text(std::vector<std::string>(1'000, "0.001")), "1");
}

TEST(DecimalSum, WritesNoExponentAndNoNeedlessZeros) {
  EXPECT_EQ(sum_text({"1.50"}), "1.5");
  EXPECT_EQ(sum_text({"-1.037e-4"}), "-0.0001037");
  EXPECT_EQ(sum_text({"12E+2"}), "1200");
  EXPECT_EQ(sum_text({"-0.0"}), "0");
  EXPECT_EQ(sum_text({"0e999999999999999999999"}), "0");
  EXPECT_EQ(sum_text({"-5", "5.0"}), "0");
}

TEST(DecimalSum, ReachesItsBoundsAndNoFurther) {
  const std::string top = "9" + std::string(359, '9');
  EXPECT_EQ(sum_text({top}), top);
  EXPECT_EQ(sum_text({top, "1"}), "1" + std::string(360, '0'));
  EXPECT_EQ(sum_text({"-" + top, "-" + top}), "-1" + std::string(359, '9') + "8");
  EXPECT_EQ(sum_text({"1e-360"}), "0." + std::string(359, '0') + "1");
  for (const auto* number :
       {"1e360", "1e-361", "1e99999999999999999999", "-1e-99999999999999999999"})
    EXPECT_EQ(sum_text({number}), std::string{"refused "} + number);
}

TEST(DecimalSum, StaysAsItWasWhenItRefuses) {
  DecimalSum sum;
  EXPECT_TRUE(sum.add("1.5"));
  for (const auto* text : {"", "many", "1e400", "7e-361", "1.5e-360"}) {
    EXPECT_FALSE(sum.add(text)) << text;
    EXPECT_FALSE(sum.subtract(text)) << text;
  }
  EXPECT_EQ(sum.text(), "1.5");
}

TEST(DecimalSum, RoundsHalvesAwayFromZero) {
  EXPECT_EQ(cents_of("0.005"), 1);
  EXPECT_EQ(cents_of("-0.005"), -1);
  EXPECT_EQ(cents_of("0.0049999999999999999999"), 0);
  EXPECT_EQ(cents_of("-0.0049999999999999999999"), 0);
  EXPECT_EQ(cents_of("1.005"), 101);
  EXPECT_EQ(cents_of("2.675"), 268);
  EXPECT_EQ(cents_of("0.995"), 100);
  EXPECT_EQ(cents_of("12"), 1'200);
  EXPECT_EQ(cents_of("1e-300"), 0);
}

TEST(DecimalSum, RoundsHalvesOfLongNumbersLikeShortOnes) {
  const std::string zeros(20, '0');
  for (const auto& [half, cents] :
       {std::pair{"0.005", 1}, {"0.015", 2}, {"0.025", 3}, {"12.345", 1'235}}) {
    EXPECT_EQ(cents_of(half), cents);
    EXPECT_EQ(cents_of(half + zeros), cents);
    EXPECT_EQ(cents_of("-" + (half + zeros)), -cents);
    EXPECT_EQ(cents_of(half + zeros + "1"), cents);
  }
}

TEST(DecimalSum, RoundsToNothingWhatSixtyFourBitsDoNotHold) {
  EXPECT_EQ(cents_of("92233720368547758.07"), 9'223'372'036'854'775'807);
  EXPECT_EQ(cents_of("92233720368547758.074"), 9'223'372'036'854'775'807);
  EXPECT_EQ(cents_of("92233720368547758.075"), std::nullopt);
  EXPECT_EQ(cents_of("-92233720368547758.08"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(cents_of("-92233720368547758.084"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(cents_of("-92233720368547758.085"), std::nullopt);
  EXPECT_EQ(cents_of("1e300"), std::nullopt);
  // More places than a sum of two words has room for.
  for (const std::string sign : {"", "-"}) {
    base::DecimalSum sum;
    ASSERT_TRUE(sum.add(sign + "9223372036"));
    EXPECT_EQ(sum.rounded(9),
              sign.empty() ? 9'223'372'036'000'000'000 : -9'223'372'036'000'000'000);
    EXPECT_EQ(sum.rounded(10), std::nullopt);
    EXPECT_EQ(sum.rounded(18), std::nullopt);
  }
}

TEST(DecimalSum, IsExactOnBothSidesOfEighteenDigits) {
  for (const auto* number :
       {"999999999999999999", "9223372036854775807", "9223372036854775808", "9999999999999999999",
        "18446744073709551616", "0.9999999999999999999", "0.9223372036854775808",
        "9.223372036854775808", "99999999999999999.99", "1.000000000000000001"})
    for (const std::string sign : {"", "-"}) EXPECT_EQ(sum_text({sign + number}), sign + number);
  EXPECT_EQ(sum_text({"9999999999999999999", "1"}), "10000000000000000000");
  EXPECT_EQ(cents_of("9999999999999999.995"), 1'000'000'000'000'000'000);
}

TEST(Compare, IsByValue) {
  EXPECT_EQ(compare("0.10", "1e-1"), std::strong_ordering::equal);
  EXPECT_EQ(compare("-0", "0"), std::strong_ordering::equal);
  EXPECT_EQ(compare("2", "10"), std::strong_ordering::less);
  EXPECT_EQ(compare("-2", "-10"), std::strong_ordering::greater);
  EXPECT_EQ(compare("1e300", "9.99e299"), std::strong_ordering::greater);
  EXPECT_EQ(compare("1e-300", "0"), std::strong_ordering::greater);
  EXPECT_EQ(compare("1", "one"), std::nullopt);
}

// Against integers of 128 bits, in units of 10^-10.

__extension__ using Wide = __int128;
constexpr int scale = 10;

std::string text_of(Wide value) {
  const bool is_negative = value < 0;
  std::string digits;
  for (Wide rest = is_negative ? -value : value; rest != 0; rest /= 10)
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
  while (digits.size() <= scale) digits += '0';
  std::ranges::reverse(digits);
  digits.insert(digits.size() - scale, ".");
  while (digits.ends_with('0')) digits.pop_back();
  if (digits.ends_with('.')) digits.pop_back();
  return (is_negative ? "-" : "") + digits;
}

struct Sample {
  std::string text{};
  Wide value{};
};

/// One of the many ways to write a number: with a point somewhere, with an exponent or without.
Sample random_sample(std::mt19937& engine) {
  const auto between = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution{low, high}(engine);
  };
  const std::int64_t largest = between(0, 3) == 0 ? 9 : 999'999'999'999;
  const std::int64_t mantissa = between(-largest, largest);
  const std::int64_t exponent = between(-scale, scale);
  Sample sample{.value = mantissa};
  for (std::int64_t i = -scale; i < exponent; ++i) sample.value *= 10;
  std::string digits = std::to_string(mantissa < 0 ? -mantissa : mantissa);
  const auto point = static_cast<std::size_t>(between(0, 3));
  std::int64_t written = exponent;
  if (point > 0 && point < digits.size()) {
    digits.insert(digits.size() - point, ".");
    written += static_cast<std::int64_t>(point);
  }
  sample.text = (mantissa < 0 ? "-" : "") + digits;
  if (written != 0 || between(0, 1) == 0)
    sample.text += (between(0, 1) == 0 ? "e" : "E") + std::string{written > 0 ? "+" : ""} +
                   std::to_string(written);
  return sample;
}

TEST(DecimalSum, AgreesWithIntegers) {
  std::mt19937 engine{2'611};
  for (int round = 0; round < 200; ++round) {
    DecimalSum sum;
    Wide expected = 0;
    for (int i = 0; i < 50; ++i) {
      const Sample sample = random_sample(engine);
      const bool is_subtracted = i % 3 == 0;
      ASSERT_TRUE(is_subtracted ? sum.subtract(sample.text) : sum.add(sample.text)) << sample.text;
      expected += is_subtracted ? -sample.value : sample.value;
      ASSERT_EQ(sum.text(), text_of(expected)) << sample.text;
      ASSERT_EQ(sum.sign(), expected < 0 ? -1 : static_cast<int>(expected > 0));
    }
    // Half a cent is 5 × 10^7 units.
    const Wide half = expected < 0 ? -50'000'000 : 50'000'000;
    const Wide cents = (expected + half) / 100'000'000;
    const bool is_held = cents >= std::numeric_limits<std::int64_t>::min() &&
                         cents <= std::numeric_limits<std::int64_t>::max();
    ASSERT_EQ(sum.rounded(2),
              is_held ? std::optional{static_cast<std::int64_t>(cents)} : std::nullopt);
  }
}

/// Digits of any count, so that every way to add is taken, and the step from one to another.
std::string random_number(std::mt19937_64& engine) {
  std::string number = engine() % 2 == 0 ? "-" : "";
  number += std::to_string(engine() >> (engine() % 64));
  if (engine() % 3 != 0) number += "." + std::to_string(engine() >> (engine() % 64));
  if (engine() % 9 == 0) number += "e-" + std::to_string(engine() % 20);
  return number;
}

TEST(DecimalSum, AddsAllWaysOfWritingANumberAlike) {
  std::mt19937_64 engine{1};
  for (int round = 0; round < 2'000; ++round) {
    DecimalSum sum;
    DecimalSum digit_by_digit;
    for (int i = 0; i < 12; ++i) {
      const std::string number = random_number(engine);
      ASSERT_TRUE(sum.add(number)) << number;
      ASSERT_TRUE(digit_by_digit.add(number.contains('e') ? number : number + "e0")) << number;
      ASSERT_EQ(sum.text(), digit_by_digit.text()) << number;
    }
    ASSERT_EQ(sum.sign(), digit_by_digit.sign());
    for (const unsigned places : {0U, 2U, 6U, 9U, 12U})
      ASSERT_EQ(sum.rounded(places), digit_by_digit.rounded(places)) << sum.text();
    const DecimalSum copy = sum;
    sum.add(digit_by_digit);
    digit_by_digit.add(copy);
    ASSERT_EQ(sum.text(), digit_by_digit.text());
  }
}

TEST(DecimalSum, IsANumberOfBillionthsWhereItCanBe) {
  const auto billionths_of = [](const std::vector<std::string>& numbers) {
    DecimalSum sum;
    for (const std::string& number : numbers) EXPECT_TRUE(sum.add(number)) << number;
    return sum.billionths();
  };
  EXPECT_EQ(billionths_of({}), 0);
  EXPECT_EQ(billionths_of({"-1.5", "1e-9"}), -1'499'999'999);
  EXPECT_EQ(billionths_of({"0.0000000001"}), std::nullopt);
  EXPECT_EQ(billionths_of({"0.0000000005", "0.0000000005"}), std::nullopt);
  EXPECT_EQ(billionths_of({"99999999999"}), std::nullopt);
  DecimalSum sum;
  sum.add_billionths(1'500'000'000);
  EXPECT_EQ(sum.text(), "1.5");
}

TEST(DecimalSum, GoesOnWhereSixtyFourBitsEnd) {
  EXPECT_EQ(sum_text(std::vector<std::string>(20, "999999999.999999999")), "19999999999.99999998");
  EXPECT_EQ(sum_text(std::vector<std::string>(20, "-999999999")), "-19999999980");
}

TEST(Compare, AgreesWithIntegers) {
  std::mt19937 engine{1'123};
  for (int round = 0; round < 5'000; ++round) {
    const Sample left = random_sample(engine);
    const Sample right = random_sample(engine);
    ASSERT_EQ(compare(left.text, right.text), left.value <=> right.value)
        << left.text << " and " << right.text;
  }
}

}  // namespace
}  // namespace xai::base
