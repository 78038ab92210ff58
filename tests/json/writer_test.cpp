#include "json/writer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "json/document.h"

namespace xai::json {
namespace {

TEST(Writer, PutsCommasWhereTheyBelong) {
  std::string text;
  Writer writer{text};
  writer.begin_object();
  writer.key("a");
  writer.integer(1);
  writer.key("b");
  writer.begin_array();
  writer.string("x");
  writer.null();
  writer.boolean(true);
  writer.begin_object();
  writer.end_object();
  writer.end_array();
  writer.key("c");
  writer.number("1.50");
  writer.end_object();
  EXPECT_EQ(text, R"({"a":1,"b":["x",null,true,{}],"c":1.50})");
}

TEST(Writer, AppendsToWhatIsThere) {
  std::string text = "data: ";
  Writer{text}.boolean(false);
  EXPECT_EQ(text, "data: false");
}

TEST(Writer, IndentsForPeople) {
  const auto document = Document::parse(R"({"a":[1,{"b":null}],"empty":[],"none":{}})");
  ASSERT_TRUE(document);
  EXPECT_EQ(to_text(document->root(), 2),
            "{\n"
            "  \"a\": [\n"
            "    1,\n"
            "    {\n"
            "      \"b\": null\n"
            "    }\n"
            "  ],\n"
            "  \"empty\": [],\n"
            "  \"none\": {}\n"
            "}");
}

TEST(Writer, EscapesWhatJsonOrATerminalWouldRead) {
  std::string text;
  Writer{text}.string(std::string("\"\\\n\r\t\b\f\x1b[31m\0\x7f/", 15));
  EXPECT_EQ(text, R"("\"\\\n\r\t\u0008\u000c\u001b[31m\u0000\u007f/")");
}

TEST(Writer, EscapesNames) {
  std::string text;
  Writer writer{text};
  writer.begin_object();
  writer.key("a\"\n");
  writer.null();
  writer.end_object();
  EXPECT_EQ(text, R"({"a\"\n":null})");
}

TEST(Writer, LeavesOtherUtf8Alone) {
  std::string text;
  Writer{text}.string("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
  EXPECT_EQ(text, "\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
}

TEST(Writer, WritesTheWholeRangeOfIntegers) {
  std::string text;
  Writer{text}.integer(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(text, "-9223372036854775808");
}

/// Writes a random value; returns nothing, the text is the value.
void write_random(Writer& writer, std::mt19937& random, int depth) {
  const auto below = [&](int limit) {
    return std::uniform_int_distribution<int>{0, limit - 1}(random);
  };
  const auto random_text = [&] {
    static const std::string alphabet[] = {"a",    "\"",   "\\", "\n",       std::string(1, '\0'),
                                           "\x1b", "\x7f", "/",  "\xC3\xA9", "\xF0\x9F\x98\x80"};
    std::string text;
    for (int i = below(6); i > 0; --i) text += alphabet[below(10)];
    return text;
  };
  switch (depth > 5 ? below(5) : below(7)) {
    case 0:
      return writer.null();
    case 1:
      return writer.boolean(below(2) == 0);
    case 2:
      return writer.integer(below(1'000'000) - 500'000);
    case 3:
      return writer.number("123456789012345678901234567890.50e-7");
    case 4:
      return writer.string(random_text());
    case 5:
      writer.begin_array();
      for (int i = below(4); i > 0; --i) write_random(writer, random, depth + 1);
      return writer.end_array();
    default:
      writer.begin_object();
      for (int i = below(4); i > 0; --i) {
        writer.key(random_text());
        write_random(writer, random, depth + 1);
      }
      return writer.end_object();
  }
}

TEST(Writer, WhatItWritesIsReadBackTheSame) {
  std::mt19937 random{8'259};
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    Writer writer{text};
    write_random(writer, random, 0);
    const auto document = Document::parse(text);
    ASSERT_TRUE(document) << text;
    ASSERT_EQ(to_text(document->root()), text);
    const auto pretty = Document::parse(to_text(document->root(), 2));
    ASSERT_TRUE(pretty) << text;
    ASSERT_EQ(to_text(pretty->root()), text);
  }
}

}  // namespace
}  // namespace xai::json
