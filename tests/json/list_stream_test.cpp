#include "json/list_stream.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "json/document.h"
#include "json/writer.h"

namespace xai::json {
namespace {

/// What is told of the lists called `list` and `other` since the last begin.
struct Told {
  std::vector<std::string> events{};
  int begin_count{};

  ListReader reader() {
    return {.names = {"list", "other"},
            .begin =
                [this] {
                  events.clear();
                  ++begin_count;
                },
            .take = [this](Value item) { events.push_back(to_text(item)); },
            .end = [this] { events.emplace_back("end"); }};
  }
};

struct Streamed {
  std::vector<std::string> events{};
  std::string rest{};
  std::size_t most_bytes{};  ///< Of text that waited.

  bool operator==(const Streamed&) const = default;
};

/// What becomes of `text` in parts of `part_bytes`.
Streamed streamed(const std::string& text, std::size_t part_bytes) {
  Told told;
  const ListReader reader = told.reader();
  ListStream stream{reader};
  Streamed result;
  for (std::size_t at = 0; at < text.size(); at += part_bytes) {
    result.rest += text.substr(at, part_bytes);
    if (at + part_bytes < text.size()) stream.read(result.rest);
    result.most_bytes = std::max(result.most_bytes, result.rest.size());
  }
  stream.end(result.rest);
  result.events = told.events;
  return result;
}

Streamed at_once(const std::string& text) { return streamed(text, text.size()); }

using Events = std::vector<std::string>;

TEST(ListStream, TakesTheItemsOutOfTheText) {
  const auto [events, rest, _] =
      at_once(R"({"a":1,"list" : [{"b":[2,3]}, 4, "five" ],"c":{"other":[]}})");
  EXPECT_EQ(events, (Events{R"({"b":[2,3]})", "4", R"("five")", "end", "end"}));
  EXPECT_EQ(rest, R"({"a":1,"list" : [0],"c":{"other":[1]}})");
}

TEST(ListStream, LeavesWhatOnlyLooksLikeAList) {
  for (const std::string text :
       {R"({"list":5,"lists":[1],"a":["list",["b"]],"list":{"c":[2]},"d":"list"})",
        R"(["list\":[1]"])", R"({"a\"list":[1]})", R"({"a":"\\","l\u0069st":[1]})", "[1,2]", "5",
        R"("list")", ""}) {
    EXPECT_EQ(at_once(text).events, Events{}) << text;
    EXPECT_EQ(at_once(text).rest, text);
  }
}

TEST(ListStream, KeepsAListWithinAnItem) {
  const auto [events, rest, _] = at_once(R"([{"list":[{"list":[1,2]},[{"other":[3]}]]}])");
  EXPECT_EQ(events, (Events{R"({"list":[1,2]})", R"([{"other":[3]}])", "end"}));
  EXPECT_EQ(rest, R"([{"list":[0]}])");
}

TEST(ListStream, ReadsWhatIsRareWithTheParser) {
  const auto [events, rest, _] =
      at_once(R"({"list":[1e100,"l\u0069ne\n",{"\u00e9":"é"}],"a":1e100})");
  EXPECT_EQ(events, (Events{"1e100", R"("line\n")", R"({"é":"é"})", "end"}));
  EXPECT_EQ(rest, R"({"list":[0],"a":1e100})");
}

TEST(ListStream, LeavesWhatIsMalformedToWhoReadsTheRest) {
  for (const std::string text :
       {R"({"list":[1,]})", R"({"list":[,1]})", R"({"list":[1 2]})", R"({"list":[1)",
        R"({"list":[1,{"a")", R"({"list":[nul]})", R"({"list":[01]})", R"({"list":[1}})",
        R"({"list":[)", R"({"list":["\x"]})", "{\"list\":[\"\x01\"]}"}) {
    for (const std::size_t part_bytes : {std::size_t{1}, text.size()}) {
      const std::string rest = streamed(text, part_bytes).rest;
      EXPECT_FALSE(Document::parse(rest)) << text << " became " << rest;
    }
  }
}

TEST(ListStream, BeginsAnew) {
  Told told;
  const ListReader reader = told.reader();
  ListStream stream{reader};
  std::string text = R"({"list":[1,2,)";
  stream.read(text);
  EXPECT_EQ(told.events, (Events{"1", "2"}));
  stream.begin();
  text = R"({"list":[3]})";
  stream.end(text);
  EXPECT_EQ(told.events, (Events{"3", "end"}));
  EXPECT_EQ(told.begin_count, 2);
  EXPECT_EQ(text, R"({"list":[0]})");
}

TEST(ListStream, KeepsNoMoreThanAnItemAndAPart) {
  std::string text = R"({"list":[)";
  for (int i = 0; i < 10'000; ++i) text += R"({"a":"line\n)" + std::to_string(i) + "\"},";
  const auto [events, rest, most_bytes] = streamed(text + "0]}", 1'000);
  EXPECT_EQ(events.size(), 10'002U);
  EXPECT_EQ(rest, R"({"list":[0]})");
  EXPECT_LT(most_bytes, 1'100U);
}

TEST(ListStream, ReadsAnItemThatComesInManyParts) {
  const std::string item = "\"" + std::string(100'000, 'a') + "\"";
  const auto [events, rest, _] = streamed(R"({"list":[)" + item + "]}", 10);
  EXPECT_EQ(events, (Events{item, "end"}));
}

TEST(ListStream, IsTheSameInWhateverParts) {
  std::mt19937 random{8'259};
  const std::string whole =
      R"({"list":[{"a":"b\n","list":[1,-2.5]},[[],true],null,12.5],"c":{"other":[],"list":["d",{}]}})";
  static constexpr std::string_view alphabet = "{}[],:\"\\ 01-.ea\x01\xC3\xA9";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = whole;
    if (round > 0) text[random() % text.size()] = alphabet[random() % alphabet.size()];
    if (round % 3 == 1) text.erase(random() % text.size(), 1);
    const Streamed one = at_once(text);
    const auto document = Document::parse(text);
    ASSERT_EQ(Document::parse(one.rest).has_value(), document.has_value()) << text;
    if (!document) continue;
    const Streamed parts = streamed(text, 1 + random() % 9);
    ASSERT_EQ(parts.events, one.events) << text;
    ASSERT_EQ(parts.rest, one.rest) << text;
  }
}

}  // namespace
}  // namespace xai::json
