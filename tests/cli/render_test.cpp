#include "cli/render/csv.h"
#include "cli/render/json.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace xai::cli {
namespace {

std::string printed(auto print) {
  std::string text;
  Output output{[&](std::string_view part) {
    text.append(part);
    return 0;
  }};
  print(output);
  output.flush();
  return text;
}

TEST(JsonArray, IsIndentedAndWhole) {
  const auto item = json::Document::parse(R"({"a":[1]})").value();
  const std::string text = printed([&](Output& output) {
    JsonArray array{output};
    array.add(item.root());
    array.add(item.root());
    array.end();
  });
  EXPECT_EQ(
      text,
      "[\n  {\n    \"a\": [\n      1\n    ]\n  },\n  {\n    \"a\": [\n      1\n    ]\n  }\n]\n");
}

TEST(JsonArray, WithoutItsEndParsesNowhere) {
  const auto item = json::Document::parse("{}").value();
  const std::string text = printed([&](Output& output) { JsonArray{output}.add(item.root()); });
  EXPECT_FALSE(json::Document::parse(text));
}

TEST(JsonArray, OfNothingIsEmpty) {
  EXPECT_EQ(printed([](Output& output) { JsonArray{output}.end(); }), "[]\n");
}

TEST(Csv, QuotesAndDisarms) {
  const std::string text = printed([](Output& output) {
    CsvRecord record;
    for (const std::string_view cell :
         {"plain", "a,b", "say \"x\"", "two\nlines", "=1+1", "@cmd", "-x", ""})
      record.add({.of_item = cell});
    record.print(output);
    record.add({"-5", true});
    record.print(output);
  });
  EXPECT_EQ(text, "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",'=1+1,'@cmd,'-x,\r\n-5\r\n");
}

TEST(Csv, DisarmsEveryBeginningOfAFormula) {
  for (const std::string& beginning : std::vector<std::string>{
           "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"})
    for (const std::string& rest :
         std::vector<std::string>{"", "1+1", "cmd|' /C calc'!A0", ",\"x\""}) {
      const std::string text = printed([&](Output& output) {
        CsvRecord record;
        const std::string cell = beginning + rest;
        record.add({.of_item = cell});
        record.print(output);
      });
      EXPECT_TRUE(text.starts_with("'" + beginning) || text.starts_with("\"'" + beginning)) << text;
    }
}

TEST(Output, RemembersTheFirstFailure) {
  int calls = 0;
  Output output{[&](std::string_view) { return ++calls == 1 ? 28 : 0; }};
  output.write("a");
  EXPECT_FALSE(output.flush());
  output.write("b");
  EXPECT_FALSE(output.flush());
  EXPECT_EQ(output.error(), 28);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace xai::cli
