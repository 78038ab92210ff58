#include "http/logging.h"

#include <gtest/gtest.h>

#include "fakes/manual_time.h"
#include "fakes/scripted_transport.h"

namespace xai::http {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Result;
using management::Secret;
using std::chrono::milliseconds;

constexpr auto canary = "xai-token-canary-0123456789";

struct Log {
  std::vector<std::string> lines{};
  std::function<void(std::string_view)> function() {
    return [this](std::string_view line) { lines.emplace_back(line); };
  }
};

HttpRequest request_full_of_secrets() {
  return {.method = Method::post,
          .base_url = std::string{"https://host/"} + canary,
          .target = std::string{"/auth/teams/t/api-keys?token="} + canary,
          .headers = {{"X-Secret", canary}},
          .credential = Secret{canary},
          .body = canary};
}

TEST(WithLog, WritesOneLinePerAttempt) {
  fakes::ManualTime manual_time;
  Log log;
  const auto service = [&](const HttpRequest&) -> Result<HttpResponse> {
    manual_time.advance(milliseconds{12});
    return fakes::answer(200, "12345",
                         {{"X-Request-Id", "r-1"}, {"Content-Type", "application/json"}});
  };
  const auto transport = with_log(service, log.function(), manual_time.clock());
  ASSERT_TRUE(transport({.method = Method::get, .target = "/auth/teams/t/models?x=1"}));
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_EQ(log.lines[0],
            "GET /auth/teams/t/models → status 200, 5 bytes, x-request-id: r-1, content-type: "
            "application/json, 12 ms");
}

TEST(WithLog, SaysWhyNoAnswerCame) {
  fakes::ManualTime manual_time;
  Log log;
  fakes::ScriptedTransport service{{fakes::not_sent()}};
  EXPECT_FALSE(with_log(service.transport(), log.function(), manual_time.clock())(
      {.method = Method::delete_, .target = "/auth/api-keys/k"}));
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_EQ(log.lines[0], "DELETE /auth/api-keys/k → not_sent: no answer came, 0 ms");
}

TEST(WithLog, NeverShowsASecret) {
  fakes::ManualTime manual_time;
  Log log;
  fakes::ScriptedTransport service{
      {fakes::answer(200, canary, {{"Set-Cookie", canary}, {"Authorization", canary}}),
       fakes::no_answer()}};
  const auto transport = with_log(service.transport(), log.function(), manual_time.clock());
  ASSERT_TRUE(transport(request_full_of_secrets()));
  EXPECT_FALSE(transport(request_full_of_secrets()));
  ASSERT_EQ(log.lines.size(), 2U);
  for (const auto& line : log.lines) EXPECT_EQ(line.find("canary"), std::string::npos) << line;
}

TEST(WithLog, KeepsALineOneLineWhateverTheServiceSends) {
  fakes::ManualTime manual_time;
  Log log;
  fakes::ScriptedTransport service{
      {fakes::answer(200, "", {{"X-Request-Id", "a\nb\x1b[31m" + std::string(500, 'x')}})}};
  ASSERT_TRUE(with_log(service.transport(), log.function(), manual_time.clock())({.target = "/"}));
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_EQ(log.lines[0].find_first_of("\n\x1b"), std::string::npos);
  EXPECT_LT(log.lines[0].size(), 300U);
}

}  // namespace
}  // namespace xai::http
