#include "json/document.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "json/writer.h"

namespace xai::json {
namespace {

using management::ErrorKind;

/// What comes back out of the parser, or `error: …`.
std::string through(std::string text) {
  const auto document = Document::parse(std::move(text));
  return document ? to_text(document->root()) : "error: " + document.error().message;
}

bool accepts(std::string text) { return Document::parse(std::move(text)).has_value(); }

TEST(Document, KeepsEveryKindOfValue) {
  const std::string text =
      R"({"null":null,"true":true,"false":false,"number":-12.5e3,"text":"abc","list":[1,[],{}]})";
  EXPECT_EQ(through(text), text);
}

TEST(Document, MayBeAnyValueAtTheTop) {
  for (const auto* text : {"null", "true", "false", "0", "-1", "\"\"", "[]", "{}"})
    EXPECT_EQ(through(text), text);
}

TEST(Document, ForgetsWhiteSpaceOnly) {
  EXPECT_EQ(through(" \t\r\n{ \"a\" : [ 1 , 2 ] } \n"), R"({"a":[1,2]})");
}

TEST(Document, KeepsTheOrderOfMembers) {
  EXPECT_EQ(through(R"({"z":1,"a":2,"m":3})"), R"({"z":1,"a":2,"m":3})");
}

TEST(Document, ShowsDuplicatesAndFindsTheFirst) {
  const auto document = Document::parse(R"({"a":1,"a":2})");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().members().size(), 2U);
  EXPECT_EQ(document->root().find("a").text(), "1");
}

TEST(Document, KeepsNumbersAsTheTextTheyCameAs) {
  for (const auto* number :
       {"9223372036854775807", "-9223372036854775808", "18446744073709551616",
        "123456789012345678901234567890", "1.10", "0.1000000000000000055511151231257827", "1E400",
        "1e-400", "-0", "-0.0", "1.0e+05", "20000.00"})
    EXPECT_EQ(through(number), number);
}

TEST(Document, RefusesWhatIsNoNumber) {
  for (const auto* bad :
       {"01", "+1", ".5", "1.", "1e", "1e+", "--1", "0x10", "NaN", "Infinity", "-"})
    EXPECT_FALSE(accepts(bad)) << bad;
}

TEST(Document, DecodesEscapes) {
  const auto document = Document::parse(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC")");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), "\"\\/\b\f\n\r\tA\xC3\xA9\xE2\x82\xAC");
}

TEST(Document, DecodesEscapesInNames) {
  const auto document = Document::parse(R"({"a\u0062\n":1,"plain":2})");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().find("ab\n").text(), "1");
  EXPECT_EQ(document->root().find("plain").text(), "2");
}

TEST(Document, DecodesSurrogatePairs) {
  const auto document = Document::parse(R"("\uD83D\uDE00")");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), "\xF0\x9F\x98\x80");
}

TEST(Document, KeepsAnEncodedNul) {
  const auto document = Document::parse(R"("a\u0000b")");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), std::string_view("a\0b", 3));
}

TEST(Document, RefusesBrokenEscapesAndLoneSurrogates) {
  for (const auto* bad : {R"("\x41")", R"("\u12")", R"("\u12G4")", R"("\")", R"("\uD83D")",
                          R"("\uDE00")", R"("\uD83D\u0041")", R"("\uD83Dx")"})
    EXPECT_FALSE(accepts(bad)) << bad;
}

TEST(Document, RefusesInvalidUtf8) {
  for (const std::string bad :
       {"\"\x80\"", "\"\xC3\"", "\"\xC3(\"", "\"\xC0\xAF\"", "\"\xE0\x80\xAF\"", "\"\xED\xA0\x80\"",
        "\"\xF4\x90\x80\x80\"", "\"\xF8\x88\x80\x80\x80\"", "\"\xFF\"", "{\"\xFF\":1}"})
    EXPECT_FALSE(accepts(bad)) << bad;
}

TEST(Document, AcceptsAllWidthsOfUtf8) {
  const std::string text = "\"\x7f \xC2\x80 \xDF\xBF \xE0\xA0\x80 \xEF\xBF\xBF \xF4\x8F\xBF\xBF\"";
  const auto document = Document::parse(text);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), text.substr(1, text.size() - 2));
}

TEST(Document, RefusesBareControlCharacters) {
  EXPECT_FALSE(accepts("\"a\nb\""));
  EXPECT_FALSE(accepts(std::string("\"a\0b\"", 5)));
  EXPECT_FALSE(accepts("\"\x1b[31m\""));
}

TEST(Document, RefusesWhatOnlyLooksLikeJson) {
  for (const auto* bad : {"",
                          " ",
                          "{",
                          "[1,]",
                          "{\"a\":1,}",
                          "{a:1}",
                          "{'a':1}",
                          "[1 2]",
                          "tru",
                          "True",
                          "nul",
                          "// no\n1",
                          "/* no */1",
                          "\xEF\xBB\xBF{}",
                          "<html></html>",
                          "{\"a\"}",
                          "{\"a\":}",
                          "{1:2}",
                          "]",
                          "}"})
    EXPECT_FALSE(accepts(bad)) << bad;
}

TEST(Document, RefusesTrailingGarbage) {
  for (const auto* bad : {"{} {}", "{}x", "1 2", "null,", "[]]", "{}\x01"})
    EXPECT_FALSE(accepts(bad)) << bad;
  EXPECT_FALSE(accepts(std::string("{}\0", 3)));
}

TEST(Document, RefusesATextCutAtAnyByte) {
  const std::string whole =
      R"({"apiKeys":[{"name":"a\u00e9b\n","tpm":"100","qps":5,"on":true,"none":null,"x":-1.5e3}],"t":{}})";
  ASSERT_TRUE(accepts(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = Document::parse(whole.substr(0, size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().kind, ErrorKind::malformed_response) << size;
  }
}

TEST(Document, SaysThatACutTextBreaksOff) {
  const auto cut = Document::parse(R"({"name":"sec)");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().message, "JSON that breaks off after 12 bytes");
}

TEST(Document, NamesThePlaceAndNeverTheText) {
  const auto bad = Document::parse(R"({"apiKey":"xai-secret" oops})");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().kind, ErrorKind::malformed_response);
  EXPECT_NE(bad.error().message.find("at byte"), std::string::npos) << bad.error().message;
  EXPECT_EQ(bad.error().message.find("secret"), std::string::npos) << bad.error().message;
  EXPECT_EQ(bad.error().message.find("oops"), std::string::npos) << bad.error().message;
}

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

TEST(DocumentLimits, AllowsSixtyFourLevelsAndNotOneMore) {
  EXPECT_TRUE(accepts(nested(64, "[", "]")));
  EXPECT_FALSE(accepts(nested(65, "[", "]")));
  EXPECT_TRUE(accepts(nested(32, R"([{"a":)", "}]").replace(32 * 6, 0, "1")));
  EXPECT_FALSE(accepts(nested(33, R"([{"a":)", "}]").replace(33 * 6, 0, "1")));
}

TEST(DocumentLimits, RefusesAHundredThousandLevelsWithoutFalling) {
  const auto deep = Document::parse(nested(100'000, "[", "]"));
  ASSERT_FALSE(deep);
  EXPECT_NE(deep.error().message.find("nested more than 64 deep"), std::string::npos)
      << deep.error().message;
  EXPECT_FALSE(accepts(std::string(100'000, '[')));
}

TEST(DocumentLimits, BoundsTheParsedForm) {
  // Two bytes of text become sixteen of value: small texts can grow large.
  std::string zeros = "[0";
  for (int i = 0; i < 4'000'000; ++i) zeros += ",0";
  const auto large = Document::parse(zeros + "]");
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().kind, ErrorKind::malformed_response);
  EXPECT_NE(large.error().message.find("32 MiB"), std::string::npos) << large.error().message;
}

TEST(DocumentLimits, AreTheCallersToSet) {
  EXPECT_FALSE(Document::parse("[[[]]]", {.depth_max = 2}));
  EXPECT_TRUE(Document::parse("[[[]]]", {.depth_max = 3}));
  const std::string text = "[" + std::string(20'000, ' ') + "\"" + std::string(20'000, 'a') + "\"]";
  EXPECT_TRUE(Document::parse(text, {.memory_bytes_max = 16'384}))
      << "text that is only looked at does not count";
  std::string escaped = "[\"";
  for (int i = 0; i < 20'000; ++i) escaped += "\\n";
  EXPECT_FALSE(Document::parse(escaped + "\"]", {.memory_bytes_max = 16'384}));
}

TEST(DocumentLimits, LeaveRoomForAFullPage) {
  std::string page = R"({"apiKeys":[)";
  const std::string key =
      R"({"name":"n","apiKeyId":"fe15b799-32e1-4d02-9e65-80236f9995f7","disabled":false,"acls":["a","b"]},)";
  while (page.size() + key.size() < (8U << 20U)) page += key;
  page.back() = ']';
  EXPECT_TRUE(accepts(page + "}"));
}

TEST(Document, StaysValidWhenMoved) {
  auto parsed = Document::parse(R"({"short":"a","escaped":"b\n"})");
  ASSERT_TRUE(parsed);
  const Value root = parsed->root();
  std::vector<Document> documents;
  documents.push_back(std::move(*parsed));
  documents.emplace_back();
  EXPECT_EQ(root.find("short").text(), "a");
  EXPECT_EQ(documents.front().root().find("escaped").text(), "b\n");
}

TEST(Document, IsNullBeforeAnythingIsParsed) { EXPECT_TRUE(Document{}.root().is_null()); }

TEST(Value, AnswersQuestionsOfTheWrongKindWithNothing) {
  const auto document = Document::parse(R"({"text":"a","number":1,"list":[1]})");
  ASSERT_TRUE(document);
  const Value root = document->root();
  EXPECT_TRUE(root.find("absent").is_null());
  EXPECT_TRUE(root.find("text").find("deeper").is_null());
  EXPECT_TRUE(root.find("text").items().empty());
  EXPECT_TRUE(root.find("list").members().empty());
  EXPECT_TRUE(root.find("list").text().empty());
  EXPECT_FALSE(root.find("number").boolean());
  EXPECT_FALSE(root.find("number").is_string());
  EXPECT_EQ(root.find("number").kind(), Kind::number);
}

}  // namespace
}  // namespace xai::json
