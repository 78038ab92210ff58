#include "json/whole_part.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/document.h"
#include "json/writer.h"
#include "wire/contract.h"

namespace xai::json {
namespace {

TEST(WholePart, LeavesOutTheMemberThatWasCut) {
  EXPECT_EQ(whole_part(R"({"a":1,"apiKey":"xai-abc","na)"), R"({"a":1,"apiKey":"xai-abc"})");
  EXPECT_EQ(whole_part(R"({"a":1,"apiKey":"xai-abc","name")"), R"({"a":1,"apiKey":"xai-abc"})");
  EXPECT_EQ(whole_part(R"({"a":1,"apiKey":"xai-abc","name":)"), R"({"a":1,"apiKey":"xai-abc"})");
  EXPECT_EQ(whole_part(R"({"a":1,"apiKey":"xai-abc","name":"M)"), R"({"a":1,"apiKey":"xai-abc"})");
  EXPECT_EQ(whole_part(R"({"a":1,"apiKey":"xai-abc)"), R"({"a":1})");
}

TEST(WholePart, LeavesOutTheItemThatWasCut) {
  EXPECT_EQ(whole_part(R"(["a","b)"), R"(["a"])");
  EXPECT_EQ(whole_part(R"(["a",)"), R"(["a"])");
  EXPECT_EQ(whole_part(R"([["a"],["b","c)"), R"([["a"],["b"]])");
}

TEST(WholePart, ClosesAllThatIsOpen) {
  EXPECT_EQ(whole_part(R"({"a":[{"b":{"c":[1,2,3)"), R"({"a":[{"b":{"c":[1,2]}}]})");
  EXPECT_EQ(whole_part(R"({"a":[{"b":1},{"c)"), R"({"a":[{"b":1},{}]})");
  EXPECT_EQ(whole_part(R"({"a":{"b":"c"},"d":"e)"), R"({"a":{"b":"c"}})");
}

TEST(WholePart, IsTheTextItselfWhenNothingIsCut) {
  for (const auto* text :
       {R"({"a":[1,"b",null,true,false,-1.5e3,{}],"c":{}})", "[]", "{}", R"("a")", "null"})
    EXPECT_EQ(whole_part(text), text);
}

TEST(WholePart, IsEmptyBracketsOrNothingWhenNothingIsWhole) {
  EXPECT_EQ(whole_part(R"({"apiKey":"xai-abc)"), "{}");
  EXPECT_EQ(whole_part("{"), "{}");
  EXPECT_EQ(whole_part("[12"), "[]");
  for (const auto* text : {"", " \n", "\"abc", "12", "-", "tru"}) EXPECT_EQ(whole_part(text), "");
}

TEST(WholePart, CountsANumberOnceSomethingStandsBehindIt) {
  EXPECT_EQ(whole_part("[1,23"), "[1]");
  EXPECT_EQ(whole_part("[1,23,"), "[1,23]");
  EXPECT_EQ(whole_part("[1,23 "), "[1,23]");
  EXPECT_EQ(whole_part("{\"a\":1.5e3\n"), "{\"a\":1.5e3}");
  EXPECT_EQ(whole_part("[1,2."), "[1]");
  EXPECT_EQ(whole_part("[1,-"), "[1]");
  EXPECT_EQ(whole_part("12 "), "12");
}

TEST(WholePart, CountsALiteralWithItsLastLetter) {
  EXPECT_EQ(whole_part("[true,fals"), "[true]");
  EXPECT_EQ(whole_part("[true,false"), "[true,false]");
  EXPECT_EQ(whole_part("[nul"), "[]");
  EXPECT_EQ(whole_part("[null"), "[null]");
}

TEST(WholePart, IsNotMisledByWhatStandsInStrings) {
  EXPECT_EQ(whole_part(R"({"a":"}],:{[","b)"), R"({"a":"}],:{["})");
  EXPECT_EQ(whole_part(R"({"a":"\"","b":"\\","c":"\\\")"), R"({"a":"\"","b":"\\"})");
  EXPECT_EQ(whole_part(R"({"a\"b":1,"c\)"), R"({"a\"b":1})");
}

TEST(WholePart, LeavesOutAnEscapeThatWasCut) {
  for (const auto* cut : {R"(\)", R"(\u)", R"(\u00)", R"(\u00e9)", R"(\ud83d)", R"(\ud83d\ude00)"})
    EXPECT_EQ(whole_part(std::string{R"({"a":"b","c":"d)"} + cut), R"({"a":"b"})") << cut;
}

TEST(WholePart, LeavesOutACodePointThatWasCut) {
  const std::string text = "[\"\xC3\xA9\",\"\xF0\x9F\x98\x80\"";
  for (std::size_t size = text.size() - 1; size > 6; --size)
    EXPECT_EQ(whole_part(text.substr(0, size)), "[\"\xC3\xA9\"]") << size;
  EXPECT_EQ(whole_part(text), text + "]");
}

TEST(WholePart, GoesSixtyFourLevelsDeepAndNotOneMore) {
  EXPECT_EQ(whole_part(std::string(64, '[')), std::string(64, '[') + std::string(64, ']'));
  EXPECT_EQ(whole_part(std::string(65, '[')), "");
  EXPECT_EQ(whole_part(std::string(100'000, '[')), "");
}

TEST(WholePart, IsEmptyForWhatIsNoJson) {
  for (const auto* text :
       {"<html><body>", "upstream error", "\xEF\xBB\xBF{}", "]", "}", "[}", "{]", "{\"a\" 1,",
        "[01,", "[1 2,", "[\"\xFF\",", "[\"a\nb\",", R"(["\x",)", "[,1,", "{,\"a\":1,", "{1:2,"})
    EXPECT_EQ(whole_part(text), "") << text;
  EXPECT_EQ(whole_part(R"({"a":"b",oops)"), R"({"a":"b"})");
}

/// The documented answer to createApiKey as text, and the text closed behind each whole value.
struct Answer {
  std::string text{};
  std::vector<std::pair<std::size_t, std::string>> parts{};  ///< From which size on, and what.
};

Answer documented_answer(Value response) {
  Answer answer;
  const auto now_whole = [&](const std::string& closing) {
    answer.parts.emplace_back(answer.text.size(), answer.text + closing);
  };
  Writer writer{answer.text};
  writer.begin_object();
  now_whole("}");
  for (const Member& member : response.members()) {
    writer.key(member.name);
    if (!member.value.is_array()) {
      writer.value(member.value);
    } else {
      writer.begin_array();
      now_whole("]}");
      for (const Value& item : member.value.items()) {
        writer.value(item);
        now_whole("]}");
      }
      writer.end_array();
    }
    now_whole("}");
  }
  writer.end_object();
  return answer;
}

TEST(WholePart, OfACreatedKeyHasExactlyWhatArrived) {
  const Value response = tests::contract_example("createApiKey").find("response");
  const auto [text, parts] = documented_answer(response);
  const std::string secret = to_text(response.find("apiKey"));
  EXPECT_EQ(whole_part(text), text);
  EXPECT_EQ(whole_part(""), "");
  std::size_t at = 0;
  std::size_t count_with_secret = 0;
  for (std::size_t size = 1; size < text.size(); ++size) {
    const std::string_view cut = std::string_view{text}.substr(0, size);
    if (at + 1 < parts.size() && parts[at + 1].first == size) ++at;
    const std::string part = whole_part(cut);
    ASSERT_EQ(part, parts[at].second) << cut;
    const auto document = Document::parse(part);
    ASSERT_TRUE(document) << cut;
    const bool has_arrived = cut.find(secret) != std::string_view::npos;
    EXPECT_EQ(to_text(document->root().find("apiKey")), has_arrived ? secret : "null") << cut;
    if (has_arrived) ++count_with_secret;
  }
  EXPECT_EQ(at, parts.size() - 1);
  EXPECT_EQ(count_with_secret, text.size() - text.find(secret) - secret.size());
}

TEST(WholePart, OfIndentedTextParsesAtEveryByte) {
  const Value response = tests::contract_example("createApiKey").find("response");
  const std::string text = to_text(response, 2) + "\n";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    const std::string part = whole_part(std::string_view{text}.substr(0, size));
    const auto document = Document::parse(part);
    ASSERT_TRUE(document) << part;
    EXPECT_TRUE(text.starts_with(part.substr(0, part.find_last_not_of("]}") + 1))) << part;
  }
}

TEST(WholePart, ParsesOrIsEmptyWhateverTheText) {
  std::mt19937 random{8'259};
  static constexpr std::string_view alphabet = "{}[],:\"\\ \n01-.eEtruefalsn\xC3\xA9u00";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto i = random() % 20; i > 0; --i) text += alphabet[random() % alphabet.size()];
    const std::string part = whole_part(text);
    EXPECT_TRUE(part.empty() || Document::parse(part)) << text << '\n' << part;
  }
}

}  // namespace
}  // namespace xai::json
