#include "http/curl_failure.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "http/curl_fixture.h"

namespace xai::http {
namespace {

TEST(CurlFailure, SaysWhenAConnectionIsRefused) {
  const std::string authority = "127.0.0.1:" + std::to_string(fakes::closed_port());
  const auto answer = curl_transport({})(post("http://" + authority));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message, "cannot reach " + authority + " (connection refused)");
  EXPECT_TRUE(answer.error().next.contains("base URL"));
}

TEST(CurlFailure, SaysWhenANameIsNotKnown) {
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

TEST(CurlFailure, GivesUpOnAConnectionThatDoesNotCome) {
  const FullListener nobody;
  const auto transport = curl_transport(with_deadlines({.connect = milliseconds{150}}));
  const auto answer = transport(post("http://" + nobody.authority()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message,
            "cannot reach " + nobody.authority() + " (no connection within 150 ms)");
}

TEST(CurlFailure, LetsTheCallersLimitEndAConnectionThatDoesNotCome) {
  const FullListener nobody;
  HttpRequest request = post("http://" + nobody.authority());
  request.timeout = milliseconds{150};
  const auto answer = curl_transport({})(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::deadline_exceeded);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
}

TEST(CurlFailure, LetsTheCallersLimitEndAWait) {
  ScriptedServer server{{[](Connection& connection) { connection.wait_for_end(); }}};
  HttpRequest request = post(server.url());
  request.timeout = milliseconds{150};
  const auto answer = curl_transport({})(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::deadline_exceeded);
  EXPECT_EQ(answer.error().outcome, Outcome::unknown);
  EXPECT_TRUE(answer.error().message.contains("150 ms"));
}

TEST(CurlFailure, WaitsForReadsAndWritesByTheirOwnLimits) {
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

TEST(CurlFailure, EndsAnAnswerThatStandsStill) {
  ScriptedServer server{{[](Connection& connection) {
    connection.read_request();
    connection.write(http_answer(200, "0123456789").substr(0, 47));
    connection.wait_for_end();
  }}};
  const auto answer =
      curl_transport(with_deadlines({.stall = milliseconds{100}}))(get(server.url()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().outcome, Outcome::unknown);
  EXPECT_TRUE(answer.error().message.contains("stood still for 100 ms after 5 bytes"))
      << answer.error().message;
}

/// Writes the bytes one by one, slower than one a second.
void trickle(Connection& connection, std::string_view bytes) {
  for (const char byte : bytes) {
    connection.write({&byte, 1});
    ::poll(nullptr, 0, 1'200);
  }
}

TEST(CurlFailure, EndsAnAnswerThatComesInDrops) {
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
    EXPECT_TRUE(answer.error().message.contains("stood still")) << answer.error().message;
    EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds{5'900}) << at_once;
  }
}

TEST(CurlFailure, CountsAResetAsSent) {
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

TEST(CurlFailure, NeverTakesACutAnswerForAWholeOne) {
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

TEST(CurlFailure, NeverTakesAnInterimAnswerForAWholeOne) {
  const std::string interim = "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n";
  for (const std::string begun :
       {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nX-Request-Id: r\r\n"}) {
    ScriptedServer server{{play_bytes(interim + begun)}};
    const auto answer = curl_transport({})(post(server.url()));
    ASSERT_FALSE(answer) << begun;
    EXPECT_EQ(answer.error().outcome, Outcome::unknown) << begun;
  }
}

TEST(CurlFailure, NeverTakesACutChunkForAWholeOne) {
  const std::string whole =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n";
  for (std::size_t bytes = whole.size() - 15; bytes < whole.size() - 3; ++bytes) {
    ScriptedServer server{{play_bytes(whole.substr(0, bytes))}};
    const auto answer = curl_transport({})(get(server.url()));
    ASSERT_FALSE(answer) << bytes;
    EXPECT_EQ(answer.error().outcome, Outcome::unknown) << bytes;
  }
}

}  // namespace
}  // namespace xai::http
