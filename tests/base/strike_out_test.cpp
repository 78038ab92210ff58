#include "base/strike_out.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "base/printable.h"
#include "base/unicode.h"

namespace xai::base {
namespace {

const management::Secret canary{"xai-token-canary"};

std::string struck(std::string text) {
  strike_out(text, canary);
  return text;
}

std::string utf8_of(char32_t value) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (value < 0x80) return {byte(value)};
  if (value < 0x800) return {byte(0xc0U | (value >> 6U)), byte(0x80U | (value & 0x3fU))};
  if (value < 0x10000)
    return {byte(0xe0U | (value >> 12U)), byte(0x80U | ((value >> 6U) & 0x3fU)),
            byte(0x80U | (value & 0x3fU))};
  return {byte(0xf0U | (value >> 18U)), byte(0x80U | ((value >> 12U) & 0x3fU)),
          byte(0x80U | ((value >> 6U) & 0x3fU)), byte(0x80U | (value & 0x3fU))};
}

TEST(StrikeOut, LeavesOtherTextAlone) {
  EXPECT_EQ(struck(""), "");
  EXPECT_EQ(struck("xai-token-canar"), "xai-token-canar");
  EXPECT_EQ(struck("xai-token-\\canary xx"), "xai-token-\\canary xx");
  EXPECT_EQ(struck("xai-token- canary"), "xai-token- canary");
}

TEST(StrikeOut, FindsEveryOccurrence) {
  EXPECT_EQ(struck("xai-token-canary"), "***");
  EXPECT_EQ(struck("xxai-token-canaryy, xai-token-canaryxai-token-canary"), "x***y, ******");
  EXPECT_EQ(struck("xai-xai-token-canary"), "xai-***");
}

TEST(StrikeOut, LooksBehindEveryHiddenCharacterRawAndEscaped) {
  for (char32_t value = 0; value <= 0x10ffff; ++value) {
    if (!is_hidden(value)) continue;
    const std::string raw = utf8_of(value);
    std::array<char, 16> json{};
    std::snprintf(json.data(), json.size(), "\\u%04x", static_cast<unsigned>(value));
    std::vector<std::string> forms{raw, escaped(raw), "\xff", raw + raw};
    if (value <= 0xffff) forms.emplace_back(json.data());
    for (const std::string& form : forms)
      ASSERT_EQ(struck("a xai-to" + form + "ken-can" + form + "ary b"), "a *** b") << escaped(form);
  }
}

TEST(StrikeOut, LooksBehindHalvesOfEscapedCharacters) {
  for (const char* const form : {R"(\udb40\udc01)", R"(\udb40\udd00)", R"(\ud800)", R"(\udfff)",
                                 R"(\u{e0001})", R"(\x1b)", R"(\x9b)"})
    EXPECT_EQ(struck(std::string{"xai-to"} + form + "ken-canary"), "***") << form;
  // What can be seen parts two texts.
  for (const char* const form : {R"(\u0041)", R"(\u{41})", R"(\x41)", R"(\ud7ff)", R"(\ue000)"})
    EXPECT_TRUE(struck(std::string{"xai-to"} + form + "ken-canary").contains("canary")) << form;
}

TEST(StrikeOut, TakesNoEscapeThatIsNotWholeForOne) {
  for (const char* const form : {R"(\u{2)", R"(\u{e0001)", R"(\u{)", R"(\u{})", R"(\u20)", R"(\u1)",
                                 R"(\u)", R"(\x9)", R"(\x)", "\\"}) {
    EXPECT_EQ(struck(std::string{"xai-to"} + form), std::string{"xai-to"} + form);
    EXPECT_TRUE(struck(std::string{"xai-to"} + form + "ken-canary").contains("canary")) << form;
  }
  // What stands behind six digits is no brace.
  EXPECT_EQ(struck(R"(xai-to\u{0e0001ken-canary)"), R"(xai-to\u{0e0001ken-canary)");
}

TEST(StrikeOut, LeavesWhatCouldBeAnyWord) {
  std::string text = "the key is a key";
  strike_out(text, management::Secret{"key"});
  EXPECT_EQ(text, "the key is a key");
  strike_out(text, management::Secret{});
  EXPECT_EQ(text, "the key is a key");
}

TEST(Hidden, IsWhatTakesNoRoomOrMovesOtherText) {
  for (const char32_t value :
       {0x0U,    0x1bU,    0x7fU,    0x9bU,    0xadU,    0x34fU,   0x61cU,  0x180eU, 0x200bU,
        0x200fU, 0x2028U,  0x202eU,  0x2066U,  0x206fU,  0x3164U,  0xfe00U, 0xfeffU, 0xffa0U,
        0xfff9U, 0xe0000U, 0xe0001U, 0xe0041U, 0xe007fU, 0xe0100U, 0xe01efU})
    EXPECT_TRUE(is_hidden(value)) << std::hex << static_cast<unsigned>(value);
  for (const char32_t value : {0x20U, 0x7eU, 0xa0U, 0xe9U, 0x301U, 0x65e5U, 0xff1dU, 0x1f642U})
    EXPECT_FALSE(is_hidden(value)) << std::hex << static_cast<unsigned>(value);
}

}  // namespace
}  // namespace xai::base
