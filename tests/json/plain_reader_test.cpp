#include "json/plain_reader.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "json/arena.h"
#include "json/builder.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/contract.h"

namespace xai::json {
namespace {

/// What comes out of `text` without the parser; none when the parser would have to decide.
std::optional<std::string> plainly_read(const std::string& text, std::size_t depth_max = 64) {
  Arena arena;
  Builder builder{arena, 1U << 20U};
  const auto no_string = [](std::string_view) -> std::optional<Value> { return std::nullopt; };
  const char* const end = text.data() + text.size();
  const char* const behind =
      PlainReader{depth_max, no_string, builder}.read(PlainReader::skip_space(text.data()), end);
  if (behind == nullptr || PlainReader::skip_space(behind) != end) return std::nullopt;
  return to_text(builder.root());
}

TEST(PlainReader, ReadsTheDocumentedAnswers) {
  for (const auto* operation : {"createApiKey", "listApiKeys", "listTeamModels"}) {
    const Value response = tests::contract_example(operation).find("response");
    ASSERT_TRUE(response.is_object()) << operation;
    EXPECT_EQ(plainly_read(to_text(response)), to_text(response)) << operation;
    EXPECT_EQ(plainly_read(to_text(response, 2)), to_text(response)) << operation;
  }
}

TEST(PlainReader, LeavesToTheParserWhatIsRareOrMalformed) {
  for (const auto* text : {"1e100",     "1e",
                           "1e+",       "123456789012345678901234567890123",
                           "[\"\\n\"]", "[\"\xC3\xA9\"]",
                           "",          "{",
                           "[1,]",      "01",
                           "-",         "1.",
                           "nul",       "[1 2]",
                           "{} {}",     "{\"a\":1,}",
                           "{\"a\"}",   "\"abc",
                           "\"abc\\\"", "\xEF\xBB\xBF[]"})
    EXPECT_EQ(plainly_read(text), std::nullopt) << text;
  EXPECT_EQ(plainly_read(std::string("[1]\0", 4)), std::nullopt);
}

TEST(PlainReader, KeepsToTheDepthItIsGiven) {
  EXPECT_EQ(plainly_read("[[{}]]", 3), "[[{}]]");
  EXPECT_EQ(plainly_read("[[{}]]", 2), std::nullopt);
  const std::string deep = std::string(65, '[') + std::string(65, ']');
  EXPECT_EQ(plainly_read(deep, 1'000), std::nullopt);
}

/// What `text` is as an item of a list that has what only the parser reads, and of one without.
void expect_same_both_ways(const std::string& text) {
  const auto parsed = Document::parse("[1e100," + text + "]");
  const auto plain = Document::parse("[10," + text + "]");
  ASSERT_EQ(parsed.has_value(), plain.has_value()) << text;
  if (!parsed) return;
  const auto rest = [](const Document& document) {
    std::string all;
    for (const Value& item : document.root().items().subspan(1)) all += to_text(item) + ",";
    return all;
  };
  EXPECT_EQ(rest(*parsed), rest(*plain)) << text;
}

TEST(PlainReader, AgreesWithTheParserOnAnyByteAnywhereInAString) {
  // The first object says how long the string of the second one probably is.
  for (const std::size_t size : {0U, 1U, 3U, 4U, 7U, 8U, 15U, 16U, 17U, 33U}) {
    const std::string usual(size, 'a');
    for (std::size_t place = 0; place < size; ++place)
      for (int byte = 0; byte < 256; ++byte) {
        std::string other = usual;
        other[place] = static_cast<char>(byte);
        expect_same_both_ways("{\"k\":\"" + usual + "\"},{\"k\":\"" + other + "\"}");
      }
    for (const auto* longer : {"", "a", "\\n", "\xC3\xA9", "\\u00e9", "\\\\", "\\\""})
      expect_same_both_ways("{\"k\":\"" + usual + "\"},{\"k\":\"" + usual + longer + "\",\"n\":1}");
  }
}

TEST(PlainReader, AgreesWithTheParserOnWhateverText) {
  std::mt19937 random{8'259};
  static constexpr std::string_view alphabet = "{{}}[[]],,,::\"\"\"\"\\ \n01-.eatruefalsn\xC3\xA9";
  for (int round = 0; round < 50'000; ++round) {
    std::string text;
    for (auto i = 1 + random() % 14; i > 0; --i) text += alphabet[random() % alphabet.size()];
    expect_same_both_ways(text);
  }
}

TEST(PlainReader, AgreesWithTheParserOnAlmostJson) {
  std::mt19937 random{8'259};
  const std::string whole =
      R"({"a":"b\n","c":[1,-2.5,true,false,null,{}],"d":{"e":"\u00e9é","f":[[],"g"]}},{"a":"bc"})";
  static constexpr std::string_view alphabet = "{}[],:\"\\ 01-.ea\x01\xC3\xA9";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = whole;
    text[random() % text.size()] = alphabet[random() % alphabet.size()];
    if (round % 3 == 0) text.erase(random() % text.size(), 1);
    expect_same_both_ways(text);
  }
}

}  // namespace
}  // namespace xai::json
