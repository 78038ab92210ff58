#include "emulator/request_target.h"

#include "emulator/served.h"

namespace xai::emulator::test {
namespace {

TEST(RequestTarget, InAbsoluteFormIsServed) {
  const Served served;
  RawClient client{served.server.port()};
  client.send(Served::create_request("kept"));
  ASSERT_EQ(status_of(client.receive()), 200);
  client.send(Served::request("GET", Served::keys()));
  const std::string plain = client.receive();
  ASSERT_EQ(status_of(plain), 200);
  const std::string port = ":" + std::to_string(served.server.port());
  for (const std::string scheme : {"http://", "HTTP://", "https://", "hTTps://"})
    for (const std::string host : {"127.0.0.1", "localhost", "LocalHost", "[::1]"})
      for (const std::string& end : {std::string{}, port}) {
        client.send(Served::request("GET", scheme + host + end + Served::keys()));
        EXPECT_EQ(client.receive(), plain) << scheme << host << end;
      }
}

TEST(RequestTarget, InAbsoluteFormIsOfItsHost) {
  const Served served;
  const auto status = [&](const std::string& target, const std::string& host) {
    RawClient client{served.server.port()};
    client.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " +
                std::string{key} + "\r\n\r\n");
    return status_of(client.receive());
  };
  for (const std::string host : {"evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example",
                                 "user@127.0.0.1", "127.0.0.1:8x", "", "10.0.0.1", "[::2]"})
    for (const std::string& rest : {Served::keys(), std::string{}, std::string{"?x=/"}})
      EXPECT_EQ(status("http://" + host + rest, "127.0.0.1"), 421) << host << rest;
  // The Host beside it does not count.
  EXPECT_EQ(status("http://localhost" + Served::keys(), "evil.example"), 200);
  EXPECT_EQ(status("http://localhost", "127.0.0.1"), 404);
  EXPECT_EQ(status("http://localhost?a=b", "127.0.0.1"), 404);
  EXPECT_EQ(status("http://localhost/_emulator/clock", "127.0.0.1"), 200);
  EXPECT_EQ(status("ftp://localhost" + Served::keys(), "127.0.0.1"), 404);
}

TEST(RequestTarget, InAbsoluteFormMeetsFaultsOfItsPath) {
  Served served;
  set_fault(served, R"({"path":"/auth/teams/*/api-keys","status":503})");
  RawClient client{served.server.port()};
  client.send(Served::request("GET", "http://localhost" + Served::keys()));
  EXPECT_EQ(status_of(client.receive()), 503);
  EXPECT_EQ(served.get("/_emulator/ledger").body().find("requests").members().size(), 1U);
}

TEST(RequestTarget, StaysWhatItIsInOriginForm) {
  for (const std::string target : {"/", "/a?b=http://x/", "//x/y", "*", "http:/x", "x", ""}) {
    HttpRequest request{.target = target, .headers = {{"Host", "h"}}};
    take_host_from_target(request);
    EXPECT_EQ(request.target, target);
    ASSERT_EQ(request.headers.size(), 1U);
    EXPECT_EQ(request.headers.front().value, "h");
  }
}

}  // namespace
}  // namespace xai::emulator::test
