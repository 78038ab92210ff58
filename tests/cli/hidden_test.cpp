#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/unicode.h"
#include "cli/render/output.h"
#include "json/document.h"
#include "run_app.h"

namespace xai::cli {
namespace {

/// What a service could send to make a terminal show something else than it says, as JSON has it.
const std::vector<std::string> escapes{
    "\\u001b[2J",     "\\u0007",        "\\u007f",        "\\u009b", "\\u00ad",
    "\\u034f",        "\\u061c",        "\\u180e",        "\\u200b", "\\u200e",
    "\\u2028",        "\\u202e",        "\\u2066",        "\\u3164", "\\ufe00",
    "\\ufeff",        "\\ufff9",        "\\u000a",        "\\u000d", "\\udb40\\udc00",
    "\\udb40\\udc01", "\\udb40\\udd00", "\\ud834\\udd73", "\\u0009"};

std::string list_of(const std::string& name) {
  return R"({"apiKeys":[{"apiKeyId":"11111111-1111-4111-8111-111111111111","name":")" + name +
         R"(","odd)" + name + R"(":")" + name + R"("}]})";
}

/// The program in front of a service that has one answer.
std::unique_ptr<test::App> facing(const std::string& body) {
  auto app = std::make_unique<test::App>();
  app->transport =
      [body](const management::HttpRequest&) -> management::Result<management::HttpResponse> {
    return management::HttpResponse{.status = 200, .body = body};
  };
  return app;
}

bool shows_hidden(std::string_view text) {
  while (!text.empty()) {
    const base::CodePoint point = base::first_code_point(text);
    const bool is_ours = point.value == '\n' || point.value == '\r';
    if (!point.is_valid || (base::is_hidden(point.value) && !is_ours)) return true;
    text.remove_prefix(point.bytes);
  }
  return false;
}

TEST(Hidden, NothingHiddenGoesOutRawOnATerminalInAnyFormat) {
  for (const std::string& escape : escapes)
    for (const char* const format : {"text", "json", "jsonl", "csv"}) {
      const std::string body = list_of("a" + escape + "b");
      const auto app = facing(body);
      app->is_terminal = true;
      app->columns = 200;
      ASSERT_EQ(app->run({"list-keys", "--no-color", "--output", format}), 0) << app->err;
      const std::string line = std::string{format} + " " + escape + ": " + app->out;
      EXPECT_FALSE(shows_hidden(app->out)) << line;
      EXPECT_FALSE(app->out.contains("a\nb") || app->out.contains("a\rb")) << line;
      if (std::string_view{format} != "json") continue;
      // It means what it meant before.
      const auto shown = json::Document::parse(app->out);
      const auto sent = json::Document::parse(body);
      ASSERT_TRUE(shown) << line;
      EXPECT_EQ(shown->root().items()[0].find("name").text(),
                sent->root().find("apiKeys").items()[0].find("name").text());
    }
}

TEST(Hidden, APipeHasTheTextsAsTheyAre) {
  const auto app = facing(list_of("a\u202eb"));
  for (const char* const format : {"json", "jsonl", "csv"}) {
    ASSERT_EQ(app->run({"list-keys", "--output", format}), 0);
    EXPECT_TRUE(app->out.contains("a\u202eb")) << app->out;
  }
}

TEST(Hidden, TheManagementKeyIsInNoOutputWhereverItStands) {
  for (const std::string& gap : {std::string{}, std::string{"\\u200b"}, std::string{"\\u202e"}})
    for (const char* const format : {"text", "json", "jsonl", "csv"})
      for (const bool is_terminal : {false, true}) {
        std::string name = test::key;
        name.insert(9, gap);
        const auto app = facing(list_of(name));
        app->is_terminal = is_terminal;
        app->columns = 200;
        ASSERT_EQ(app->run({"list-keys", "--output", format, "-v"}), 0) << app->err;
        EXPECT_FALSE(app->out.contains("canary")) << app->out;
        EXPECT_FALSE(app->err.contains("canary")) << app->err;
        EXPECT_TRUE(app->out.contains("***")) << app->out;
      }
}

TEST(Hidden, TheManagementKeyIsInNoWarningThatTellsAName) {
  test::App app;
  app.create(test::key);
  EXPECT_EQ(app.run(test::create_command(test::key, {"--again"})), 0) << app.err;
  EXPECT_TRUE(app.err.contains("named '***'")) << app.err;
  EXPECT_FALSE(app.err.contains("canary")) << app.err;
}

TEST(Output, StrikesOutASecretThatTwoWritesMakeUp) {
  std::string out;
  std::size_t parts = 0;
  Output output{[&](std::string_view part) {
    out.append(part);
    ++parts;
    return 0;
  }};
  output.hide(management::Secret{"xai-token-canary"});
  for (std::size_t i = 0; i < 20'000; ++i) {
    // Of many lengths, so that the output is sent behind each half of the secret at times.
    output.write(std::string(i % 40, '.') + "xai-tok");
    output.write("en-canary\n");
  }
  output.flush();
  EXPECT_GT(parts, 2U);
  EXPECT_FALSE(out.contains("xai-tok"));
  EXPECT_FALSE(out.contains("canary"));
  EXPECT_EQ(std::ranges::count(out, '\n'), 20'000);
}

}  // namespace
}  // namespace xai::cli
