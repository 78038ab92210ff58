#include "http/curl_transport.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "http/curl_fixture.h"

namespace xai::http {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

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
  EXPECT_TRUE(contains(requests[0], "\r\nContent-Type: application/json\r\n"));
  EXPECT_TRUE(contains(requests[0], "\r\nContent-Length: 2000000\r\n"));
  EXPECT_FALSE(contains(requests[0], "Expect"));
  EXPECT_FALSE(contains(requests[0], "Transfer-Encoding"));
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

TEST(CurlTransport, SaysWhenAConnectionIsRefused) {
  const std::string authority = "127.0.0.1:" + std::to_string(fakes::closed_port());
  const auto answer = curl_transport({})(post("http://" + authority));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message, "cannot reach " + authority + " (connection refused)");
  EXPECT_TRUE(contains(answer.error().next, "base URL"));
}

TEST(CurlTransport, SaysWhenANameIsNotKnown) {
  const auto answer = curl_transport({})(get("https://no-such-host.invalid"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message, "cannot reach no-such-host.invalid (its name is not known)");
}

/// A listener whose queue is full, so that further connections stay unanswered.
class FullListener {
 public:
  FullListener() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    sockets_.push_back(::socket(AF_INET, SOCK_STREAM, 0));
    ::bind(sockets_[0], plain, size);
    ::listen(sockets_[0], 0);
    ::getsockname(sockets_[0], plain, &size);
    port_ = ntohs(address.sin_port);
    for (int i = 0; i < 4; ++i) {
      sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      ::connect(sockets_.back(), plain, size);
    }
  }
  FullListener(const FullListener&) = delete;
  FullListener& operator=(const FullListener&) = delete;
  ~FullListener() {
    for (const int socket : sockets_) ::close(socket);
  }
  [[nodiscard]] std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  std::vector<int> sockets_{};
  int port_{};
};

TEST(CurlTransport, GivesUpOnAConnectionThatDoesNotCome) {
  const FullListener nobody;
  const auto transport = curl_transport(with_deadlines({.connect = milliseconds{150}}));
  const auto answer = transport(post("http://" + nobody.authority()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message,
            "cannot reach " + nobody.authority() + " (no connection within 150 ms)");
}

TEST(CurlTransport, LetsTheCallersLimitEndAConnectionThatDoesNotCome) {
  const FullListener nobody;
  HttpRequest request = post("http://" + nobody.authority());
  request.timeout = milliseconds{150};
  const auto answer = curl_transport({})(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::deadline_exceeded);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
}

TEST(CurlTransport, LetsTheCallersLimitEndAWait) {
  ScriptedServer server{{[](Connection& connection) { connection.wait_for_end(); }}};
  HttpRequest request = post(server.url());
  request.timeout = milliseconds{150};
  const auto answer = curl_transport({})(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::deadline_exceeded);
  EXPECT_EQ(answer.error().outcome, Outcome::unknown);
  EXPECT_TRUE(contains(answer.error().message, "150 ms"));
}

TEST(CurlTransport, WaitsForReadsAndWritesByTheirOwnLimits) {
  ScriptedServer server{{[](Connection& connection) { connection.wait_for_end(); }}};
  const auto reads = curl_transport(with_deadlines({.first_byte_of_read = milliseconds{100}}));
  const auto read = reads(get(server.url()));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().outcome, Outcome::unknown);
  EXPECT_EQ(read.error().message, "no answer from " + server.authority() + " within 100 ms");
  const auto writes = curl_transport(with_deadlines({.first_byte_of_write = milliseconds{200}}));
  const auto write = writes(post(server.url()));
  ASSERT_FALSE(write);
  EXPECT_EQ(write.error().message, "no answer from " + server.authority() + " within 200 ms");
}

TEST(CurlTransport, EndsAnAnswerThatStandsStill) {
  ScriptedServer server{{[](Connection& connection) {
    connection.read_request();
    connection.write(http_answer(200, "0123456789").substr(0, 47));
    connection.wait_for_end();
  }}};
  const auto answer =
      curl_transport(with_deadlines({.stall = milliseconds{100}}))(get(server.url()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().outcome, Outcome::unknown);
  EXPECT_TRUE(contains(answer.error().message, "stood still for 100 ms after 5 bytes"))
      << answer.error().message;
}

/// Writes the bytes one by one, slower than one a second.
void trickle(Connection& connection, std::string_view bytes) {
  for (const char byte : bytes) {
    connection.write({&byte, 1});
    ::poll(nullptr, 0, 1'200);
  }
}

TEST(CurlTransport, EndsAnAnswerThatComesInDrops) {
  // The limit is longer than the drops are apart, so that it is never quiet for that long.
  const auto transport = curl_transport(with_deadlines({.stall = milliseconds{2'500}}));
  const std::string whole = http_answer(200, "0123456789");
  for (const std::size_t at_once : {20U, 42U}) {
    ScriptedServer server{{[&](Connection& connection) {
      connection.read_request();
      connection.write(whole.substr(0, at_once));
      trickle(connection, std::string_view{whole}.substr(at_once, 5));
      connection.wait_for_end();
    }}};
    const auto start = std::chrono::steady_clock::now();
    const auto answer = transport(get(server.url()));
    ASSERT_FALSE(answer) << at_once;
    EXPECT_TRUE(contains(answer.error().message, "stood still")) << answer.error().message;
    EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds{5'900}) << at_once;
  }
}

TEST(CurlTransport, CountsAResetAsSent) {
  for (const std::size_t bytes : {0U, 20U, 42U}) {
    ScriptedServer server{{[bytes](Connection& connection) {
      connection.read_request();
      connection.write(http_answer(200, "0123456789").substr(0, bytes));
      connection.reset();
    }}};
    const auto answer = curl_transport({})(post(server.url()));
    ASSERT_FALSE(answer) << bytes;
    EXPECT_EQ(answer.error().kind, ErrorKind::unavailable) << bytes;
    EXPECT_EQ(answer.error().outcome, Outcome::unknown) << bytes;
  }
}

TEST(CurlTransport, NeverTakesACutAnswerForAWholeOne) {
  const std::string whole = http_answer(200, "0123456789");
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    ScriptedServer server{{play_bytes(whole.substr(0, bytes))}};
    const auto answer = curl_transport({})(get(server.url()));
    ASSERT_FALSE(answer) << bytes;
    EXPECT_EQ(answer.error().outcome, Outcome::unknown) << bytes;
    if (bytes >= whole.size() - 10) {
      EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
      EXPECT_EQ(answer.error().message, "the answer of " + server.authority() + " was cut after " +
                                            std::to_string(bytes - (whole.size() - 10)) + " bytes");
    }
  }
}

TEST(CurlTransport, NeverTakesACutChunkForAWholeOne) {
  const std::string whole =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n";
  for (std::size_t bytes = whole.size() - 15; bytes < whole.size() - 3; ++bytes) {
    ScriptedServer server{{play_bytes(whole.substr(0, bytes))}};
    const auto answer = curl_transport({})(get(server.url()));
    ASSERT_FALSE(answer) << bytes;
    EXPECT_EQ(answer.error().outcome, Outcome::unknown) << bytes;
  }
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
  EXPECT_FALSE(contains(record.all().at(1), "Cookie"));
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
  EXPECT_TRUE(contains(answer.error().message, "/nowhere.pem"));
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
