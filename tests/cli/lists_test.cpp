#include "cli/render/lists.h"

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
    print_csv(output, {{"plain"},
                       {"a,b"},
                       {"say \"x\""},
                       {"two\nlines"},
                       {"=1+1"},
                       {"@cmd"},
                       {"-5", true},
                       {"-x"},
                       {""}});
  });
  EXPECT_EQ(text, "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",'=1+1,'@cmd,-5,'-x,\r\n");
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
