#include "http/cancellation.h"

#include <gtest/gtest.h>

#include <atomic>

#include "fakes/scripted_transport.h"
#include "http/curl_fixture.h"

namespace xai::http {
namespace {

TEST(WithCancellation, SendsUntilItIsCancelled) {
  fakes::ScriptedTransport service{{fakes::answer(200)}};
  bool is_cancelled = false;
  const auto transport = with_cancellation(service.transport(), [&] { return is_cancelled; });
  EXPECT_TRUE(transport(get("https://host")));
  is_cancelled = true;
  const auto result = transport(get("https://host"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
  EXPECT_EQ(result.error().outcome, Outcome::not_sent);
  EXPECT_EQ(service.requests().size(), 1U);
}

/// A server that hears of the request and cancels before it would answer.
struct Stage {
  std::atomic<bool> is_cancelled{};
  fakes::Record record{};
  ScriptedServer server;

  explicit Stage(const std::string& answer)
      : server{{[this, answer](Connection& connection) {
          record.add(connection.read_request());
          is_cancelled = true;
          if (!answer.empty()) connection.write(answer);
          connection.wait_for_end();
        }}} {}
  management::Transport transport() {
    return curl_transport({.is_cancelled = [this] { return is_cancelled.load(); }});
  }
};

TEST(CurlTransport, GivesUpAReadThatWaitsWhenCancelled) {
  Stage stage{""};
  const auto result = stage.transport()(get(stage.server.url()));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
  EXPECT_EQ(stage.record.all().size(), 1U);
}

TEST(CurlTransport, WaitsForAWriteThatHasLeftWhenCancelled) {
  Stage stage{http_answer(200, R"({"done":true})")};
  const auto result = stage.transport()(post(stage.server.url()));
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->body, R"({"done":true})");
}

TEST(CurlTransport, SendsNoByteOfAWriteThatIsCancelledBefore) {
  Stage stage{http_answer(200, "{}")};
  stage.is_cancelled = true;
  const auto result = stage.transport()(post(stage.server.url()));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().outcome, Outcome::not_sent);
  EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
  EXPECT_TRUE(stage.record.all().empty());
}

TEST(CurlTransport, HandsOverWhatCameOfAnAnswerThatBrokeOff) {
  ScriptedServer server{{play_bytes(
      "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 99\r\n\r\n"
      R"({"apiKey":"xai-whole","na)")}};
  auto request = post(server.url());
  std::vector<HttpResponse> salvaged;
  request.salvage = [&](const HttpResponse& response) { salvaged.push_back(response); };
  const auto result = curl_transport({})(request);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().outcome, Outcome::unknown);
  ASSERT_EQ(salvaged.size(), 1U);
  EXPECT_EQ(salvaged[0].status, 200);
  EXPECT_EQ(salvaged[0].body, R"({"apiKey":"xai-whole","na)");
  EXPECT_EQ(salvaged[0].header("date"), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(CurlTransport, HandsOverNothingOfAnAnswerThatBrokeOffInItsHeaders) {
  ScriptedServer server{{play_bytes("HTTP/1.1 200 OK\r\nContent-Le")}};
  auto request = post(server.url());
  request.salvage = [](const HttpResponse&) { FAIL() << "there is nothing to hand over"; };
  EXPECT_FALSE(curl_transport({})(request));
}

}  // namespace
}  // namespace xai::http
