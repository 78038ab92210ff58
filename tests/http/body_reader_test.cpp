#include <gtest/gtest.h>

#include "http/curl_fixture.h"
#include "http/logging.h"

namespace xai::http {
namespace {

/// Takes every whole line off a body, and counts.
struct LineReader {
  std::vector<std::string> lines{};
  int begin_count{};
  int read_count{};
  std::size_t most_bytes{};

  management::BodyReader reader() {
    return {.begin =
                [this] {
                  lines.clear();
                  ++begin_count;
                },
            .read =
                [this](std::string& body) {
                  ++read_count;
                  most_bytes = std::max(most_bytes, body.size());
                  for (auto end = body.find('\n'); end != std::string::npos;
                       end = body.find('\n')) {
                    lines.push_back(body.substr(0, end));
                    body.erase(0, end + 1);
                  }
                }};
  }
};

HttpRequest get_with(LineReader& lines, const std::string& url) {
  HttpRequest request = get(url);
  request.reader = lines.reader();
  return request;
}

TEST(CurlBodyReader, ReadsABodyWhileItComes) {
  LineReader lines;
  ScriptedServer server{{[&](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\none\ntwo\nend");
  }}};
  const auto answer = curl_transport({})(get_with(lines, server.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(lines.lines, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(answer->body, "end");
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(lines.begin_count, 1);
}

TEST(CurlBodyReader, LimitsWhatIsLeftAndNotWhatWasRead) {
  LineReader lines;
  std::string body;
  while (body.size() < 20UL << 20U) body += std::string(99'999, 'x') + "\n";
  ScriptedServer server{{play_bytes(http_answer(200, body))}};
  const auto answer = curl_transport({})(get_with(lines, server.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(lines.lines.size() * 100'000, body.size());
  EXPECT_LT(lines.most_bytes, 1UL << 20U);
  LineReader never;
  ScriptedServer endless{{play_bytes(http_answer(200, std::string(9UL << 20U, 'x')))}};
  const auto refused = curl_transport({})(get_with(never, endless.url()));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.contains("8 MiB")) << refused.error().message;
}

TEST(CurlBodyReader, EndsABodyThatNeverEnds) {
  ScriptedServer server{{[](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    for (int i = 0; i < 300; ++i) connection.write(std::string((1UL << 20U) - 1, 'x') + "\n");
  }}};
  HttpRequest request = get(server.url());
  request.reader = {.begin = [] {}, .read = [](std::string& body) { body.clear(); }};
  const auto refused = curl_transport({})(request);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.contains("256 MiB")) << refused.error().message;
}

TEST(CurlBodyReader, LeavesTheBodyOfAnErrorWhole) {
  LineReader lines;
  ScriptedServer server{
      {play_bytes("HTTP/1.1 103 Early Hints\r\n\r\n" + http_answer(503, "a\nb\n"))}};
  const auto answer = curl_transport({})(get_with(lines, server.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->body, "a\nb\n");
  EXPECT_EQ(lines.read_count, 0);
}

TEST(CurlBodyReader, BeginsAtEveryAttemptAndCountsWhatItRead) {
  LineReader lines;
  const std::string whole = http_answer(200, "one\ntwo\n");
  ScriptedServer server{{play_bytes(whole.substr(0, whole.size() - 4)), play_bytes(whole)}};
  const auto transport = curl_transport({});
  const HttpRequest request = get_with(lines, server.url());
  const auto cut = transport(request);
  ASSERT_FALSE(cut);
  EXPECT_TRUE(cut.error().message.ends_with("was cut after 4 bytes")) << cut.error().message;
  EXPECT_EQ(lines.lines, std::vector<std::string>{"one"});
  ASSERT_TRUE(transport(request));
  EXPECT_EQ(lines.lines, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(lines.begin_count, 2);
}

TEST(CurlBodyReader, IsCountedBesideALog) {
  LineReader lines;
  std::string log;
  const std::string whole = http_answer(200, "one\ntwo\n");
  ScriptedServer server{{play_bytes(whole.substr(0, whole.size() - 4)), play_bytes(whole)}};
  const auto transport = with_attempts(
      curl_transport({}),
      {.is_wanted = [] { return true; },
       .take = [&](const management::Attempt& attempt) { log += line_of(attempt) + "\n"; }},
      base::system_clock());
  EXPECT_FALSE(transport(get_with(lines, server.url())));
  EXPECT_TRUE(transport(get_with(lines, server.url())));
  EXPECT_EQ(lines.lines, (std::vector<std::string>{"one", "two"}));
  EXPECT_TRUE(log.contains("status 200, 8 bytes")) << log;
}

}  // namespace
}  // namespace xai::http
