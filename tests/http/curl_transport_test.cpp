#include "http/curl_transport.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "http/curl_fixture.h"

namespace xai::http {
namespace {

TEST(CurlTransport, SendsAGetAsItStands) {
  fakes::Record record;
  ScriptedServer server{{keep_alive(record, http_answer(200, "{}"))}};
  ASSERT_TRUE(
      curl_transport({.user_agent = "tests/1"})(get(server.url() + "/prefix", "/a/%2F/..?x=1")));
  ASSERT_EQ(record.all().size(), 1U);
  EXPECT_EQ(record.all()[0], "GET /prefix/a/%2F/..?x=1 HTTP/1.1\r\nHost: " + server.authority() +
                                 "\r\nUser-Agent: tests/1\r\nAccept: */*\r\n"
                                 "Authorization: Bearer xai-token-canary\r\n\r\n");
}

TEST(CurlTransport, SendsBodiesWithoutWaitingForPermission) {
  fakes::Record record;
  ScriptedServer server{{keep_alive(record, http_answer(200, "{}"))}};
  const auto transport = curl_transport({});
  const std::string body(2'000'000, 'x');
  ASSERT_TRUE(transport(post(server.url(), body)));
  for (const Method method : {Method::put, Method::patch}) {
    HttpRequest request = post(server.url());
    request.method = method;
    ASSERT_TRUE(transport(request));
  }
  const auto requests = record.all();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_TRUE(requests[0].starts_with("POST /things HTTP/1.1\r\n"));
  EXPECT_TRUE(requests[0].contains("\r\nContent-Type: application/json\r\n"));
  EXPECT_TRUE(requests[0].contains("\r\nContent-Length: 2000000\r\n"));
  EXPECT_FALSE(requests[0].contains("Expect"));
  EXPECT_FALSE(requests[0].contains("Transfer-Encoding"));
  EXPECT_TRUE(requests[0].ends_with(body));
  EXPECT_TRUE(requests[1].starts_with("PUT /things HTTP/1.1\r\n"));
  EXPECT_TRUE(requests[2].starts_with("PATCH /things HTTP/1.1\r\n"));
  for (const std::size_t i : {1U, 2U})
    EXPECT_TRUE(requests[i].ends_with("\r\n\r\n{\"name\":\"n\"}"));
}

TEST(CurlTransport, ReadsStatusHeadersAndBody) {
  ScriptedServer server{{play_bytes("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n" +
                                    http_answer(404, "no such thing", "X-Request-Id:  r-1 \r\n"))}};
  const auto answer = curl_transport({})(get(server.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->body, "no such thing");
  EXPECT_EQ(answer->header("x-request-id"), "r-1");
  EXPECT_EQ(answer->header("link"), "");
}

TEST(CurlTransport, ReadsChunkedAndBodilessAnswers) {
  ScriptedServer server{{play_bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"),
                         play_bytes("HTTP/1.1 204 No Content\r\n\r\n"),
                         play_bytes(http_answer(200, ""))}};
  const auto transport = curl_transport({});
  EXPECT_EQ(transport(get(server.url())).value().body, R"({"a":1})");
  EXPECT_EQ(transport(get(server.url())).value().status, 204);
  EXPECT_EQ(transport(get(server.url())).value().body, "");
}

TEST(CurlTransport, KeepsItsConnection) {
  fakes::Record record;
  ScriptedServer server{{keep_alive(record, http_answer(200, "{}"))}};
  const auto transport = curl_transport({});
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(transport(get(server.url())));
  ASSERT_TRUE(transport(post(server.url())));
  EXPECT_EQ(record.all().size(), 6U);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(CurlTransport, NeverFollowsARedirect) {
  fakes::Record elsewhere_record;
  ScriptedServer elsewhere{{keep_alive(elsewhere_record, http_answer(200, "{}"))}};
  for (const int status : {301, 302, 303, 307, 308}) {
    ScriptedServer server{
        {play_bytes(http_answer(status, "", "Location: " + elsewhere.url() + "/things\r\n"))}};
    const auto answer = curl_transport({})(get(server.url()));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, status);
  }
  EXPECT_EQ(elsewhere.connections(), 0U);
}

TEST(CurlTransport, NeverAsksAProxyForThisMachine) {
  const EnvironmentVariable proxy{"http_proxy",
                                  "http://127.0.0.1:" + std::to_string(fakes::closed_port())};
  const EnvironmentVariable all{"ALL_PROXY",
                                "http://127.0.0.1:" + std::to_string(fakes::closed_port())};
  ScriptedServer server{{play_bytes(http_answer(200, "{}"))}};
  EXPECT_TRUE(curl_transport({})(get(server.url())));
}

TEST(CurlTransport, NeverKeepsACookie) {
  fakes::Record record;
  ScriptedServer server{{keep_alive(record, http_answer(200, "{}", "Set-Cookie: a=b\r\n"))}};
  const auto transport = curl_transport({});
  ASSERT_TRUE(transport(get(server.url())));
  ASSERT_TRUE(transport(get(server.url())));
  EXPECT_FALSE(record.all().at(1).contains("Cookie"));
}

TEST(CurlTransport, SendsNothingForABadUrlOrTarget) {
  for (const auto* const base_url : {"http://example.test", "", "https://u:p@example.test"}) {
    const auto answer = curl_transport({})(get(base_url));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  }
  ScriptedServer server{{play_bytes(http_answer(200, "{}"))}};
  for (const auto* const target : {"", "things", "/a b", "/a\r\nX: y", "/a#b", "@evil.test/"}) {
    const auto answer = curl_transport({})(get(server.url(), target));
    ASSERT_FALSE(answer) << target;
    EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  }
  EXPECT_EQ(server.connections(), 0U);
}

TEST(CurlTransport, NamesACaFileThatIsMissingEvenForPlainHttp) {
  const auto answer = curl_transport({.ca_file = "/nowhere.pem"})(get("http://127.0.0.1:1"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::failed_precondition);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_TRUE(answer.error().message.contains("/nowhere.pem"));
}

TEST(CurlTransport, MayBeSharedByThreads) {
  fakes::Record record;
  ScriptedServer server{{keep_alive(record, http_answer(200, "{}"))}};
  const auto transport = curl_transport({});
  std::atomic<int> answers{};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] {
        for (int j = 0; j < 20; ++j) answers += transport(get(server.url())) ? 1 : 0;
      });
  }
  EXPECT_EQ(answers, 160);
  EXPECT_EQ(record.all().size(), 160U);
  EXPECT_LE(server.connections(), 8U);
}

}  // namespace
}  // namespace xai::http
