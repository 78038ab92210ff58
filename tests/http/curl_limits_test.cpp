#include <gtest/gtest.h>

#include "http/curl_fixture.h"

namespace xai::http {
namespace {

constexpr std::size_t body_limit = 8UL << 20U;

void expect_malformed(const Result<HttpResponse>& answer, const std::string& limit) {
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::malformed_response);
  EXPECT_EQ(answer.error().outcome, Outcome::unknown);
  EXPECT_NE(answer.error().message.find(limit), std::string::npos) << answer.error().message;
}

TEST(CurlLimits, TakesABodyOf8MiBAndNotAByteMore) {
  ScriptedServer server{{play_bytes(http_answer(200, std::string(body_limit, 'x'))),
                         play_bytes(http_answer(200, std::string(body_limit + 1, 'x')))}};
  const auto transport = curl_transport({});
  const auto whole = transport(get(server.url()));
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(whole->body.size(), body_limit);
  expect_malformed(transport(get(server.url())), "8 MiB");
}

TEST(CurlLimits, EndsABodyThatNeverEnds) {
  ScriptedServer server{{[](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    for (int i = 0; i < 200; ++i) connection.write(std::string(1UL << 20U, 'x'));
  }}};
  expect_malformed(curl_transport({})(get(server.url())), "8 MiB");
}

TEST(CurlLimits, TakesHeadersOf64KiBAndNotMuchMore) {
  const auto answer_with = [](std::size_t bytes) {
    std::string headers;
    while (headers.size() < bytes) headers += "X-Filler: " + std::string(1'000, 'x') + "\r\n";
    return http_answer(200, "{}", headers);
  };
  ScriptedServer server{{play_bytes(answer_with(60'000)), play_bytes(answer_with(66'000))}};
  const auto transport = curl_transport({});
  EXPECT_TRUE(transport(get(server.url())));
  expect_malformed(transport(get(server.url())), "64 KiB");
}

TEST(CurlLimits, EndsHeadersThatNeverEnd) {
  for (const std::string line : {"X-Filler: x\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n", "x"}) {
    ScriptedServer server{{[line](Connection& connection) {
      connection.read_request();
      std::string many = line.starts_with("HTTP") ? "" : "HTTP/1.1 200 OK\r\n";
      while (many.size() < 400'000) many += line;
      connection.write(many);
      connection.wait_for_end();
    }}};
    SCOPED_TRACE(line);
    expect_malformed(curl_transport({})(get(server.url())), "64 KiB");
  }
}

TEST(CurlLimits, RefusesWhatIsNotHttp) {
  for (const std::string bytes :
       {"SSH-2.0-OpenSSH_9.2\r\n", "<html>hello</html>", "HTTP/1.1 abc Words\r\n\r\n"}) {
    ScriptedServer server{{play_bytes(bytes)}};
    const auto answer = curl_transport({})(post(server.url()));
    ASSERT_FALSE(answer) << bytes;
    EXPECT_EQ(answer.error().kind, ErrorKind::malformed_response) << bytes;
    EXPECT_EQ(answer.error().outcome, Outcome::unknown) << bytes;
  }
}

}  // namespace
}  // namespace xai::http
