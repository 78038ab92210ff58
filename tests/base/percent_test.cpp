#include "base/percent.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace xai::base {
namespace {

TEST(PercentEncode, LeavesUnreservedCharactersAlone) {
  const std::string unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  EXPECT_EQ(percent_encode(unreserved), unreserved);
}

TEST(PercentEncode, EncodesAllElse) {
  EXPECT_EQ(percent_encode("a/b c"), "a%2Fb%20c");
  EXPECT_EQ(percent_encode("api-key:model:*"), "api-key%3Amodel%3A%2A");
  EXPECT_EQ(percent_encode("?#[]@!$&'()*+,;=%"),
            "%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25");
  EXPECT_EQ(percent_encode("\xC3\xA9"), "%C3%A9");
  EXPECT_EQ(percent_encode(std::string("\0\n\xFF", 3)), "%00%0A%FF");
}

TEST(PercentDecode, ReadsBothCasesOfHex) {
  EXPECT_EQ(percent_decode("%c3%A9"), "\xC3\xA9");
  EXPECT_EQ(percent_decode("plain"), "plain");
  EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, TakesAPlusForASpaceOnlyInAQuery) {
  EXPECT_EQ(percent_decode("a+b%2B"), "a+b+");
  EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
}

TEST(PercentDecode, RefusesBrokenEscapes) {
  for (const auto* broken : {"%", "%4", "abc%", "abc%4", "%zz", "%4g", "%g4", "% 1", "%-1", "%%41"})
    EXPECT_FALSE(percent_decode(broken)) << broken;
}

TEST(Percent, DecodingUndoesEncodingForAnyBytes) {
  std::mt19937 random{20'261'123};
  std::uniform_int_distribution<int> byte{0, 255};
  std::uniform_int_distribution<int> length{0, 40};
  for (int round = 0; round < 2'000; ++round) {
    std::string text(static_cast<std::size_t>(length(random)), ' ');
    for (char& letter : text) letter = static_cast<char>(byte(random));
    ASSERT_EQ(percent_decode(percent_encode(text)), text);
    ASSERT_EQ(percent_decode(percent_encode(text), true), text);
  }
}

}  // namespace
}  // namespace xai::base
