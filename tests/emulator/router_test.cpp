#include <random>
#include <utility>

#include "emulator/emulated.h"

namespace xai::emulator::test {
namespace {

TEST(Router, TellsUnknownRoutesFromForeignPaths) {
  Emulated emulated;
  for (const char* path : {"/auth/nothing", "/audit/teams", "/auth/teams//api-keys", "/v1/billing/",
                           "/v1/api-key/x", "/v1/collections/a/b/c/d", "/_emulator/nothing"})
    EXPECT_TRUE(refuses(emulated.get(path), 404, "5", "Not Found")) << path;
  for (const char* path :
       {"/", "/nowhere", "", "auth/x", "/authx", "/auth", "/v1", "/v1/", "/v1/chat/completions",
        "/v1/models", "/v1/me", "/v1/auth/teams/x/api-keys", "/v1/collectionsx", "/v1/api-keys",
        "/v1/billing", "/v1/teams", "/v1/usage", "/v1/management/keys", "/credit-balance"}) {
    const Answer page = emulated.get(path);
    EXPECT_EQ(page.status(), 404) << path;
    EXPECT_EQ(page.response.header("content-type"), "text/html") << path;
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

TEST(Router, LooksForThePathBeforeTheMethod) {
  Emulated emulated;
  for (const Method method :
       {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
    EXPECT_EQ(emulated.call(method, "/nowhere").response.header("content-type"), "text/html");
    EXPECT_TRUE(refuses(emulated.call(method, "/auth/nothing"), 404, "5", "Not Found"));
  }
  EXPECT_EQ(emulated.call(Method::patch, Emulated::keys()).status(), 501);
  EXPECT_EQ(emulated.call(Method::put, "/v1/collections").status(), 501);
}

/// What the service has and the emulator does not.
const std::vector<std::pair<Method, std::string>> not_imitated{
    {Method::post, "/v1/billing/teams/" + std::string{team} + "/billing-info"},
    {Method::post, "/v1/billing/teams/" + std::string{team} + "/payment-method/default"},
    {Method::post, "/v1/billing/teams/" + std::string{team} + "/postpaid/spending-limits"},
    {Method::post, "/v1/billing/teams/" + std::string{team} + "/prepaid/top-up"},
    {Method::get, "/v1/collections"},
    {Method::post, "/v1/collections"},
    {Method::get, "/v1/collections/collection_1"},
    {Method::put, "/v1/collections/collection_1"},
    {Method::delete_, "/v1/collections/collection_1"},
    {Method::get, "/v1/collections/collection_1/documents"},
    {Method::get, "/v1/collections/collection_1/documents:batchGet"},
    {Method::post, "/v1/collections/collection_1/documents/file_1"},
    {Method::get, "/v1/collections/collection_1/documents/file_1"},
    {Method::patch, "/v1/collections/collection_1/documents/file_1"},
    {Method::delete_, "/v1/collections/collection_1/documents/file_1"},
};

TEST(Router, SaysWhatItDoesNotImitateToWhoeverHasAKey) {
  Emulated emulated;
  const std::string minted = emulated.create("x").text("apiKey");
  for (const auto& [method, path] : not_imitated) {
    for (const std::string& wrong : {std::string{}, minted, std::string{"nonsense"}})
      EXPECT_TRUE(refuses(emulated.call(method, path, "", wrong), 401, "16",
                          "Invalid bearer token. Please ensure you use a valid management key."))
          << path;
    const Answer answer = emulated.call(method, path);
    EXPECT_EQ(answer.status(), 501) << path;
    EXPECT_EQ(answer.text("code"), "12") << path;
    EXPECT_NE(answer.text("message").find("is not imitated"), std::string::npos) << path;
  }
  const Answer ledger = emulated.get("/_emulator/ledger");
  EXPECT_EQ(ledger.body().find("requests").find("topUpPrepaidCredit").text(), "4");
}

TEST(Router, LooksAtTheKeyOfInferenceBeforeItSaysThatThereIsNone) {
  Emulated emulated;
  const std::string able =
      emulated.create("able", R"(,"acls":["api-key:endpoint:*","api-key:model:*"])").text("apiKey");
  const std::string unable = emulated.create("unable").text("apiKey");
  const auto chat = [&](std::string_view secret) {
    return emulated.post("/_emulator/clusters/us-east-1/v1/chat/completions", "{}", secret);
  };
  EXPECT_EQ(chat("").status(), 401);
  EXPECT_EQ(chat("xai-nobody").status(), 400);
  const Answer refused = chat(unable);
  EXPECT_EQ(refused.status(), 403);
  EXPECT_EQ(refused.text("error"),
            "The caller does not have permission to execute the specified operation");
  EXPECT_EQ(chat(able).status(), 501);
  EXPECT_NE(chat(able).text("error").find("not imitated"), std::string::npos);
  EXPECT_EQ(emulated.get("/_emulator/clusters/us-east-1/v1/nothing", able).status(), 404);
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
