#include "json/item_pattern.h"

#include <gtest/gtest.h>

#include <string>

#include "json/document.h"
#include "json/writer.h"

namespace xai::json {
namespace {

/// What `text` reads as after `learned`; empty where it may be different.
std::string read_after(const std::string& learned, const std::string& text) {
  const auto document = Document::parse(learned).value();
  ItemPattern pattern;
  // The text that the values look into, which a Document hides.
  const std::string_view first = document.root().is_object()
                                     ? document.root().members().front().name
                                     : document.root().items().front().text();
  pattern.learn({first.data() - (learned.find(first)), learned.size()}, document.root());
  const char* const end = text.data() + text.size();
  return pattern.read(text.data(), end) == end ? to_text(pattern.item()) : "";
}

constexpr auto sample_item =
    R"({"time":"soon","values":[1.5,true,null],"user":{"name":"","id":-7}})";

TEST(ItemPattern, ReadsWhatDiffersInStringsAndNumbersOnly) {
  for (
      const std::string text :
      {sample_item,
       R"({"time":"","values":[0,true,null],"user":{"name":"somebody else","id":1e5}})",
       R"({"time":"a time of many more letters","values":[-0.25,true,null],"user":{"name":"b","id":12}})"})
    EXPECT_EQ(read_after(sample_item, text), text);
}

TEST(ItemPattern, LeavesWhatDiffersElsewhere) {
  for (const std::string text :
       {R"({"time":"soon","values":[1.5,false,null],"user":{"name":"","id":-7}})",
        R"({"time":"soon","values":[1.5,true,null,2],"user":{"name":"","id":-7}})",
        R"({"Time":"soon","values":[1.5,true,null],"user":{"name":"","id":-7}})",
        R"({"time":5,"values":[1.5,true,null],"user":{"name":"","id":-7}})",
        R"({"time":"soon","values":["1.5",true,null],"user":{"name":"","id":-7}})",
        R"({ "time":"soon","values":[1.5,true,null],"user":{"name":"","id":-7}})",
        R"({"time":"soon","values":[1.5,true,null],"user":{"name":"","id":-7}},)",
        R"({"time":"so\n","values":[1.5,true,null],"user":{"name":"","id":-7}})",
        R"({"time":"soon","values":[01.5,true,null],"user":{"name":"","id":-7}})",
        R"({"time":"soon","values":[1.5,true,null],"user":{"name":"","id":-}})",
        R"({"time":"soon","values":[1.5,true,null],"user":{"name":"","id":-7})", R"({"time":"so)",
        ""})
    EXPECT_EQ(read_after(sample_item, text), "") << text;
}

TEST(ItemPattern, KnowsNoItemWithAStringThatStandsElsewhere) {
  const std::string text = R"({"a":"line\n"})";
  EXPECT_EQ(read_after(text, text), "");
}

TEST(ItemPattern, KnowsNothingAtFirst) {
  const std::string text = "{}";
  EXPECT_EQ(ItemPattern{}.read(text.data(), text.data() + text.size()), nullptr);
}

}  // namespace
}  // namespace xai::json
