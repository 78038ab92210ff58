#include <random>

#include "emulator/emulated.h"

namespace xai::emulator::test {
namespace {

TEST(Router, TellsUnknownRoutesFromForeignPaths) {
  Emulated emulated;
  for (const char* path :
       {"/auth/nothing", "/v1/chat/completions", "/audit/teams", "/v1/", "/auth/teams//api-keys",
        "/_emulator/nothing", "/_emulator/clusters/us-east-1/v1/models"})
    EXPECT_TRUE(refuses(emulated.get(path), 404, "5", "Not Found")) << path;
  for (const char* path : {"/", "/nowhere", "", "auth/x", "/authx"}) {
    const Answer page = emulated.get(path);
    EXPECT_EQ(page.status(), 404) << path;
    EXPECT_TRUE(page.response.header("content-type").starts_with("text/html")) << path;
    EXPECT_TRUE(page.response.body.starts_with("<!DOCTYPE html>")) << path;
  }
}

TEST(Router, RefusesOtherMethods) {
  Emulated emulated;
  EXPECT_TRUE(
      refuses(emulated.call(Method::put, Emulated::keys()), 501, "12", "Method Not Allowed"));
  EXPECT_EQ(emulated.call(Method::post, "/auth/management-keys/validation").status(), 501);
  EXPECT_EQ(emulated.call(Method::post, "/v1/api-key").status(), 501);
  EXPECT_EQ(emulated.call(Method::put, "/_emulator/ledger").status(), 501);
}

TEST(Router, CarriesTheEmulatorsDate) {
  Emulated emulated;
  EXPECT_EQ(emulated.get("/nowhere").response.header("date"), "Sun, 31 Jan 2027 12:00:00 GMT");
  emulated.advance("1h");
  EXPECT_EQ(emulated.get("/nowhere").response.header("Date"), "Sun, 31 Jan 2027 13:00:00 GMT");
}

/// Pieces of requests, good and bad, that are put together in many ways.
const std::vector<std::string> pieces{"/auth/",
                                      "/v1/",
                                      "teams/",
                                      "11111111-2222-4333-8444-555555555555",
                                      "/api-keys",
                                      "/models",
                                      "/_emulator/",
                                      "faults",
                                      "clock",
                                      "clusters/",
                                      "us-east-1",
                                      "?",
                                      "&",
                                      "=",
                                      "%",
                                      "%2F",
                                      "%00",
                                      "pageSize",
                                      "aclFilters",
                                      "paginationToken",
                                      "9223372036854775808",
                                      "-1",
                                      "\xff\xfe",
                                      "{",
                                      "}",
                                      "[",
                                      "]",
                                      "\"name\":",
                                      "\"x\"",
                                      "\"\\ud800\"",
                                      ":",
                                      ",",
                                      "null",
                                      "1e999",
                                      "\"nth\":",
                                      "\"delay\":",
                                      "\"9999999999w\"",
                                      "\"advance\":",
                                      "\"headers\":",
                                      "..",
                                      "//",
                                      "\r\n",
                                      " ",
                                      "management-keys/validation",
                                      "/propagation",
                                      "api-key"};

TEST(Router, AnswersAnyBytes) {
  Emulated emulated;
  std::mt19937 random{20270131};
  const auto some = [&](std::size_t count_max) {
    std::string text;
    for (std::size_t i = random() % count_max; i > 0; --i) text += pieces[random() % pieces.size()];
    return text;
  };
  for (int round = 0; round < 20'000; ++round) {
    const auto method = static_cast<Method>(random() % 4);
    const std::string start = random() % 2 == 0 ? "/" : "";
    const HttpRequest request{.method = method,
                              .target = start + some(9),
                              .headers = {{some(2), some(3)}},
                              .credential = Secret{std::string{round % 3 == 0 ? "" : key}},
                              .body = "{" + some(8) + "}"};
    const Reply reply = emulated.emulator->handle(request);
    ASSERT_TRUE(reply.response.status >= 200 && reply.response.status < 600)
        << request.target << "\n"
        << request.body;
    ASSERT_NE(reply.response.status, 500) << request.target << "\n" << request.body;
  }
}

TEST(Router, SurvivesDeepNesting) {
  Emulated emulated;
  const std::string deep(100'000, '[');
  EXPECT_EQ(emulated.post(Emulated::keys(), deep).status(), 400);
  EXPECT_EQ(emulated.post("/_emulator/faults", deep).status(), 400);
}

TEST(Router, KeepsNamesAsTheyCame) {
  Emulated emulated;
  const Answer created = emulated.create(R"(a\u0000b\u001b[31m\"\\ é \ud83d\ude00)");
  ASSERT_EQ(created.status(), 200);
  const auto listed = names(emulated.get(Emulated::keys()));
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed.front(), created.text("name"));
  EXPECT_EQ(listed.front(), (std::string{"a\0b\x1b[31m\"\\ é 😀", 18}));
}

}  // namespace
}  // namespace xai::emulator::test
