#include "client/trace.h"

#include <gtest/gtest.h>

#include "client/client_fixture.h"
#include "json/document.h"

namespace xai::client {
namespace {

constexpr auto key = "xai-token-canary-0123456789";

struct Traced {
  std::vector<std::string> lines{};
  std::string all{};

  explicit Traced(const Result<HttpResponse>& result, const HttpRequest& request) {
    fakes::ManualTime time;
    fakes::ScriptedTransport service{{result}};
    const auto secrets = std::make_shared<Secrets>(Secret{key});
    const auto transport = with_trace(
        with_noted_secrets(service.transport(), secrets, true),
        [this](std::string_view line) {
          lines.emplace_back(line);
          all += line;
        },
        secrets, time.clock());
    (void)transport(request);
  }
};

HttpRequest create() {
  return {.method = Method::post,
          .base_url = "https://host",
          .target = "/auth/teams/t/api-keys",
          .body = R"({"name":"n","apiKey":{"name":"inner"}})"};
}

TEST(WithTrace, WritesRequestAndAnswerAsALineOfJsonEach) {
  const Traced traced{answer(200, R"({"apiKey":"xai-secret","n":1.50})",
                             {{"content-type", "application/json"}, {"set-cookie", "never-shown"}}),
                      create()};
  ASSERT_EQ(traced.lines.size(), 2U);
  for (const std::string& line : traced.lines) {
    EXPECT_TRUE(line.ends_with("}\n"));
    EXPECT_TRUE(json::Document::parse(line.substr(0, line.size() - 1))) << line;
  }
  EXPECT_NE(traced.lines[0].find(R"("method":"POST","url":"https://host/auth/teams/t/api-keys")"),
            std::string::npos);
  EXPECT_NE(traced.lines[0].find(R"("apiKey":{"name":"inner"})"), std::string::npos);
  EXPECT_NE(traced.lines[1].find(R"("status":200)"), std::string::npos);
  EXPECT_NE(traced.lines[1].find(R"({"apiKey":"***","n":1.50})"), std::string::npos);
  EXPECT_EQ(traced.all.find("never-shown"), std::string::npos);
}

TEST(WithTrace, StrikesOutSecretsWhereverTheyStand) {
  const std::string echo = std::string{R"({"message":"bad key )"} + key +
                           R"(","details":[{"api_key":"xai-one"},{"Secret":"two"},["x",null]]})";
  HttpRequest request = create();
  request.target += std::string{"?x="} + key;
  const Traced traced{answer(401, echo), request};
  for (const auto* secret : {key, "xai-one", "two"})
    EXPECT_EQ(traced.all.find(secret), std::string::npos) << secret;
  EXPECT_NE(traced.all.find("bad key ***"), std::string::npos);
}

TEST(WithTrace, StrikesOutWhatWasMintedInOtherMembersHeadersAndLaterAnswers) {
  fakes::ManualTime time;
  const std::string minted = "xai-minted-0123456789";
  fakes::ScriptedTransport service{
      {answer(200,
              R"({"echo":"see xai-minted-0123456789","apiKey":")" + minted + R"(",")" + minted +
                  R"(":[")" + minted + R"("],"note":"xai-minted\u200b-0123456789"})",
              {{"x-request-id", "r-" + minted}}),
       answer(200, R"({"name":")" + minted + "\"}")}};
  std::string all;
  const auto secrets = std::make_shared<Secrets>(Secret{key});
  const auto transport = with_trace(
      with_noted_secrets(service.transport(), secrets, true),
      [&](std::string_view line) { all += line; }, secrets, time.clock());
  (void)transport(create());
  (void)transport(create());
  EXPECT_FALSE(all.contains("minted")) << all;
  EXPECT_TRUE(all.contains(R"("echo":"see ***")")) << all;
}

TEST(WithTrace, StrikesOutTheApiKeyThatARequestCarries) {
  HttpRequest request = create();
  request.credential = Secret{"xai-inference-secret"};
  const Traced traced{answer(403, R"({"error":"xai-inference-secret is blocked"})"), request};
  EXPECT_EQ(traced.all.find("xai-inference-secret"), std::string::npos);
}

TEST(WithTrace, ShowsOfABodyThatIsNoJsonOnlyItsSize) {
  const Traced traced{answer(200, R"({"apiKey":"xai-secret","na)"), create()};
  EXPECT_EQ(traced.all.find("xai-secret"), std::string::npos);
  EXPECT_NE(traced.lines[1].find(R"("bodyBytes":26)"), std::string::npos) << traced.lines[1];
}

TEST(WithTrace, SaysWhyNoAnswerCame) {
  const Traced traced{no_answer(), create()};
  EXPECT_NE(traced.lines[1].find(R"("outcome":"unknown","error":"no answer came")"),
            std::string::npos)
      << traced.lines[1];
}

}  // namespace
}  // namespace xai::client
