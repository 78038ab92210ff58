#include "http/logging.h"

#include <gtest/gtest.h>

#include "fakes/manual_time.h"
#include "fakes/scripted_transport.h"

namespace xai::http {
namespace {

using management::Attempt;
using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Result;
using management::Secret;
using std::chrono::milliseconds;

constexpr auto canary = "xai-token-canary-0123456789";

/// The attempts that were told, as lines.
struct Log {
  std::vector<std::string> lines{};
  bool is_wanted{true};
  AttemptTaker taker() {
    return {.is_wanted = [this] { return is_wanted; },
            .take = [this](const Attempt& attempt) { lines.push_back(line_of(attempt)); }};
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

TEST(WithAttempts, WritesOneLinePerAttempt) {
  fakes::ManualTime manual_time;
  Log log;
  const auto service = [&](const HttpRequest&) -> Result<HttpResponse> {
    manual_time.advance(milliseconds{12});
    return fakes::answer(200, "12345",
                         {{"X-Request-Id", "r-1"}, {"Content-Type", "application/json"}});
  };
  const auto transport = with_attempts(service, log.taker(), manual_time.clock());
  ASSERT_TRUE(transport({.method = Method::get, .target = "/auth/teams/t/models?x=1"}));
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_EQ(log.lines[0],
            "GET /auth/teams/t/models → status 200, 5 bytes, x-request-id: r-1, content-type: "
            "application/json, 12 ms");
}

TEST(WithAttempts, SaysWhyNoAnswerCame) {
  fakes::ManualTime manual_time;
  Log log;
  fakes::ScriptedTransport service{{fakes::not_sent()}};
  EXPECT_FALSE(with_attempts(service.transport(), log.taker(), manual_time.clock())(
      {.method = Method::delete_, .target = "/auth/api-keys/k"}));
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_EQ(log.lines[0], "DELETE /auth/api-keys/k → not_sent: no answer came, 0 ms");
}

TEST(WithAttempts, NeverShowsASecret) {
  fakes::ManualTime manual_time;
  Log log;
  fakes::ScriptedTransport service{
      {fakes::answer(200, canary, {{"Set-Cookie", canary}, {"Authorization", canary}}),
       fakes::no_answer()}};
  const auto transport = with_attempts(service.transport(), log.taker(), manual_time.clock());
  ASSERT_TRUE(transport(request_full_of_secrets()));
  EXPECT_FALSE(transport(request_full_of_secrets()));
  ASSERT_EQ(log.lines.size(), 2U);
  for (const auto& line : log.lines) EXPECT_EQ(line.find("canary"), std::string::npos) << line;
}

TEST(WithAttempts, KeepsALineOneLineWhateverTheServiceSends) {
  fakes::ManualTime manual_time;
  Log log;
  fakes::ScriptedTransport service{
      {fakes::answer(200, "", {{"X-Request-Id", "a\nb\x1b[31m" + std::string(500, 'x')}})}};
  ASSERT_TRUE(
      with_attempts(service.transport(), log.taker(), manual_time.clock())({.target = "/"}));
  ASSERT_EQ(log.lines.size(), 1U);
  EXPECT_EQ(log.lines[0].find_first_of("\n\x1b"), std::string::npos);
  EXPECT_LT(log.lines[0].size(), 300U);
}

TEST(WithAttempts, CountsABodyThatIsReadWhileItComes) {
  fakes::ManualTime manual_time;
  Log log;
  const auto service = [](const HttpRequest& request) -> Result<HttpResponse> {
    std::string body;
    for (const auto* const lost_and_whole : {"123", "12345678"}) {
      request.reader.begin();
      body = lost_and_whole;
      request.reader.read(body);
    }
    return fakes::answer(200, body);
  };
  std::string taken;
  const auto transport = with_attempts(service, log.taker(), manual_time.clock());
  const auto whole = transport({.target = "/",
                                .reader = {.begin = [&] { taken.clear(); },
                                           .read =
                                               [&](std::string& body) {
                                                 taken += body.substr(0, 6);
                                                 body.erase(0, 6);
                                               }}});
  ASSERT_TRUE(whole);
  EXPECT_EQ(taken, "123456");
  EXPECT_EQ(whole->body, "78");
  EXPECT_EQ(log.lines.at(0), "GET / → status 200, 8 bytes, 0 ms");
}

TEST(WithAttempts, TellsNobodyWhoDoesNotListen) {
  fakes::ManualTime manual_time;
  Log log{.is_wanted = false};
  fakes::ScriptedTransport service{{fakes::answer(200)}};
  EXPECT_TRUE(with_attempts(service.transport(), log.taker(), manual_time.clock())({}));
  EXPECT_TRUE(log.lines.empty());
}

}  // namespace
}  // namespace xai::http
