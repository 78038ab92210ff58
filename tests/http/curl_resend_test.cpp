// libcurl sends a request again by itself when a kept connection dies. Here it must not.
#include <gtest/gtest.h>

#include <vector>

#include "http/curl_fixture.h"

namespace xai::http {
namespace {

/// Answers one request, then reads another on the same connection and hangs up.
Play answer_once_then_hang_up(fakes::Record& record) {
  return [&record](Connection& connection) {
    record.add(connection.read_request());
    connection.write(http_answer(200, "{}"));
    record.add(connection.read_request());
  };
}

std::size_t count_of(const std::vector<std::string>& requests, const std::string& method) {
  std::size_t count = 0;
  for (const auto& request : requests) count += request.starts_with(method) ? 1U : 0U;
  return count;
}

TEST(CurlResend, NeverSendsAPostTwiceWhenAKeptConnectionDies) {
  for (const bool resets : {false, true}) {
    fakes::Record record;
    const auto last = [&, resets](Connection& connection) {
      answer_once_then_hang_up(record)(connection);
      if (resets) connection.reset();
    };
    ScriptedServer server{{last, keep_alive(record, http_answer(200, "{}"))}};
    const auto transport = curl_transport({});
    ASSERT_TRUE(transport(get(server.url())));
    const auto answer = transport(post(server.url()));
    EXPECT_EQ(count_of(record.all(), "POST"), 1U);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().outcome, Outcome::unknown);
    EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  }
}

TEST(CurlResend, SendsADeleteOnAConnectionOfItsOwn) {
  fakes::Record record;
  ScriptedServer server{{answer_once_then_hang_up(record), read_and_hang_up(record),
                         keep_alive(record, http_answer(200, "{}"))}};
  const auto transport = curl_transport({});
  ASSERT_TRUE(transport(get(server.url())));
  HttpRequest request = get(server.url());
  request.method = Method::delete_;
  request.retry = RetryClass::after_read_back;
  const auto answer = transport(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().outcome, Outcome::unknown);
  EXPECT_EQ(server.connections(), 2U);
  EXPECT_EQ(count_of(record.all(), "DELETE"), 1U);
}

TEST(CurlResend, SendsABodilessPostOnAConnectionOfItsOwn) {
  fakes::Record record;
  ScriptedServer server{{answer_once_then_hang_up(record), read_and_hang_up(record),
                         keep_alive(record, http_answer(200, "{}"))}};
  const auto transport = curl_transport({});
  ASSERT_TRUE(transport(get(server.url())));
  EXPECT_FALSE(transport(post(server.url(), "")));
  EXPECT_EQ(count_of(record.all(), "POST"), 1U);
}

TEST(CurlResend, StaysUsableAfterAnyAttemptThatFailed) {
  struct Failure {
    const char* name;
    Play play;
  };
  const auto reset = [](Connection& connection) {
    connection.read_request();
    connection.reset();
  };
  const Failure failures[]{
      {"no answer", play_bytes("")},
      {"a reset", reset},
      {"cut within the headers", play_bytes("HTTP/1.1 200 OK\r\nContent-Ty")},
      {"cut within the body", play_bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")},
      {"no HTTP", play_bytes("SSH-2.0-OpenSSH_9.2\r\n")},
      {"too large", play_bytes(http_answer(200, std::string((8UL << 20U) + 1, 'x')))},
  };
  for (const Failure& failure : failures) {
    for (const bool is_post : {false, true}) {
      for (const bool is_reused : {false, true}) {
        SCOPED_TRACE(std::string{failure.name} + (is_post ? ", POST" : ", GET") +
                     (is_reused ? ", kept connection" : ""));
        fakes::Record record;
        const Play last = keep_alive(record, http_answer(200, "{}"));
        const Play failing = [&, is_reused](Connection& connection) {
          if (is_reused) {
            connection.read_request();
            connection.write(http_answer(200, "{}"));
          }
          failure.play(connection);
        };
        ScriptedServer server{{failing, last}};
        const auto transport = curl_transport({});
        if (is_reused) {
          ASSERT_TRUE(transport(get(server.url())));
        }
        // libcurl asks again by itself where a kept connection ends before an answer to a GET.
        const auto failed = transport(is_post ? post(server.url()) : get(server.url()));
        EXPECT_TRUE(!failed || (!is_post && is_reused));
        for (int i = 0; i < 2; ++i) {
          const auto after = transport(i == 0 ? get(server.url()) : post(server.url()));
          EXPECT_TRUE(after) << after.error().message;
        }
      }
    }
  }
}

}  // namespace
}  // namespace xai::http
