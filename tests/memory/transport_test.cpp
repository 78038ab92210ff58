#include <gtest/gtest.h>

#include "http/curl_fixture.h"
#include "memory/freed_memory.h"

namespace xai::http {
namespace {

using test::Watched;

constexpr std::string_view minted = "xai-minted-0123456789-0123456789-0123456789";

/// The blocks that a request leaves unwiped, its answer having been given up by the caller.
int blocks_after(const std::string& bytes) {
  const ScriptedServer server{{play_bytes(bytes)}};
  const HttpRequest request = post(server.url());
  const auto transport = curl_transport({});
  // libcurl gives back on its own what it keeps, with other functions than ours.
  test::watch_for(minted, request.credential.reveal());
  const Watched watched;
  auto answer = transport(request);
  if (answer) management::wipe(answer->body);
  return test::unwiped_blocks();
}

std::string chunk(std::string_view text) {
  std::array<char, 16> size{};
  std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
  return size.data() + std::string{text} + "\r\n";
}

TEST(TransportMemory, HoldsNothingOfAnAnswerThatBrokeOff) {
  EXPECT_EQ(blocks_after("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{\"apiKey\":\"" +
                         std::string{minted}),
            0);
}

TEST(TransportMemory, HoldsNothingOfABodyThatGrew) {
  std::string bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(minted);
  for (int i = 0; i < 50; ++i) bytes += chunk(std::string(100, 'x'));
  EXPECT_EQ(blocks_after(bytes + "0\r\n\r\n"), 0);
}

}  // namespace
}  // namespace xai::http
