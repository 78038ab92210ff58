#include "emulator/server.h"

#include <random>

#include "emulator/served.h"

namespace xai::emulator::test {
namespace {

TEST(Server, KeepsTheConnectionForTheNextRequest) {
  Served served;
  RawClient client{served.server.port()};
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(Served::create_request("x")));
    EXPECT_EQ(status_of(client.receive()), 200);
  }
  EXPECT_EQ(served.commits(), 3U);
}

TEST(Server, AnswersPipelinedRequestsInTurn) {
  Served served;
  RawClient client{served.server.port()};
  client.send(Served::create_request("a") + Served::request("GET", Served::keys()) +
              Served::request("GET", "/nowhere"));
  EXPECT_NE(client.receive().find(R"("apiKey":)"), std::string::npos);
  EXPECT_NE(client.receive().find(R"({"apiKeys":[{)"), std::string::npos);
  EXPECT_EQ(status_of(client.receive()), 404);
}

TEST(Server, ClosesWhenAsked) {
  Served served;
  RawClient client{served.server.port()};
  client.send(Served::request("GET", "/nowhere", "", "Connection: close\r\n"));
  EXPECT_EQ(status_of(client.receive_all()), 404);
  EXPECT_FALSE(client.was_reset());
}

TEST(Server, ReadsTheKeyFromTheHeader) {
  Served served;
  RawClient client{served.server.port()};
  const auto status_with = [&](std::string_view authorization) {
    client.send("GET /auth/management-keys/validation HTTP/1.1\r\nHost: localhost\r\n" +
                std::string{authorization} + "\r\n");
    return status_of(client.receive());
  };
  EXPECT_EQ(status_with("Authorization: Bearer xai-token-for-tests\r\n"), 200);
  EXPECT_EQ(status_with("authorization: bearer xai-token-for-tests\r\n"), 200);
  EXPECT_EQ(status_with("Authorization: xai-token-for-tests\r\n"), 401);
  EXPECT_EQ(status_with("Authorization: Basic eDp5\r\n"), 401);
  EXPECT_EQ(status_with("Authorization: Bearer \r\n"), 401);
  EXPECT_EQ(status_with(""), 401);
}

TEST(Server, RefusesStrangers) {
  Served served;
  RawClient client{served.server.port()};
  client.send(Served::request("GET", "/_emulator/ledger", "", "Origin: http://a.example\r\n"));
  EXPECT_EQ(status_of(client.receive()), 403);
  client.send("POST /_emulator/state HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(status_of(client.receive()), 421);
  client.send("PATCH /auth/ HTTP/1.1\r\nHost: a.example\r\n\r\n");
  EXPECT_EQ(status_of(client.receive()), 421);
  RawClient without_host{served.server.port()};
  without_host.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(status_of(without_host.receive_all()), 400);
}

TEST(Server, RefusesOtherMethods) {
  Served served;
  RawClient client{served.server.port()};
  client.send(Served::request("PATCH", Served::keys()));
  const std::string answer = client.receive();
  EXPECT_EQ(status_of(answer), 501);
  EXPECT_NE(answer.find("Method Not Allowed"), std::string::npos);
}

TEST(Server, LooksForThePathBeforeAMethodThatNothingHas) {
  Served served;
  RawClient client{served.server.port()};
  const auto status = [&](std::string_view method, const std::string& target) {
    client.send(Served::request(method, target));
    return status_of(client.receive());
  };
  for (const char* method : {"OPTIONS", "TRACE", "PURGE"}) {
    EXPECT_EQ(status(method, "/nowhere"), 404) << method;
    EXPECT_EQ(status(method, "/auth/nothing"), 404) << method;
    EXPECT_EQ(status(method, Served::keys()), 501) << method;
    EXPECT_EQ(status(method, "/v1/collections"), 501) << method;
    EXPECT_EQ(status(method, "/_emulator/ledger"), 501) << method;
    EXPECT_EQ(status(method, "/_emulator/nothing"), 404) << method;
  }
}

TEST(Server, AnswersHeadWithoutABody) {
  Served served;
  for (const std::string& target :
       {std::string{"/nowhere"}, std::string{"/auth/nothing"}, Served::keys()}) {
    RawClient client{served.server.port()};
    client.send(Served::request("HEAD", target, "", "Connection: close\r\n"));
    const std::string answer = client.receive_all();
    EXPECT_EQ(status_of(answer), target == Served::keys() ? 501 : 404) << target;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
    EXPECT_EQ(answer.find("Content-Length: 0\r\n"), std::string::npos) << answer;
    EXPECT_NE(answer.find("Content-Length: "), std::string::npos) << answer;
  }
}

TEST(Server, LetsACallerAskBeforeItSendsTheBody) {
  Served served;
  RawClient client{served.server.port()};
  client.send("POST " + Served::keys() +
              " HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nAuthorization: Bearer " +
              std::string{key} + "\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(status_of(client.receive()), 100);
  client.send("c\r\n{\"name\":\"x\"}\r\n0\r\n\r\n");
  EXPECT_EQ(status_of(client.receive()), 200);
}

TEST(Server, BoundsWhatItReads) {
  Served served;
  RawClient large_body{served.server.port()};
  large_body.send(Served::request("POST", Served::keys(), std::string((1U << 20U) + 1, ' ')));
  EXPECT_EQ(status_of(large_body.receive()), 413);
  RawClient full_body{served.server.port()};
  std::string exact = R"({"name":"x"})";
  exact.resize(1U << 20U, ' ');
  full_body.send(Served::request("POST", Served::keys(), exact));
  EXPECT_EQ(status_of(full_body.receive()), 200);
  RawClient large_header{served.server.port()};
  large_header.send(
      Served::request("GET", "/nowhere", "", "X-Large: " + std::string(65'536, 'x') + "\r\n"));
  EXPECT_EQ(status_of(large_header.receive()), 431);
  EXPECT_EQ(served.commits(), 1U);
}

TEST(Server, OutlivesGarbage) {
  Served served;
  std::mt19937 random{1};
  const std::vector<std::string> starts{"",
                                        "GET ",
                                        "POST / HTTP/1.1\r\n",
                                        "\x16\x03\x01",
                                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                                        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: "};
  for (int round = 0; round < 120; ++round) {
    std::string bytes = starts[random() % starts.size()];
    for (std::size_t i = random() % 200; i > 0; --i) bytes += static_cast<char>(random());
    RawClient client{served.server.port()};
    client.send(bytes);
    client.finish_sending();
    client.receive_all();
  }
  RawClient client{served.server.port()};
  client.send(Served::create_request("still here"));
  EXPECT_EQ(status_of(client.receive()), 200);
}

TEST(Server, TellsGarbageWhatIsWrong) {
  Served served;
  RawClient client{served.server.port()};
  client.send("this is not HTTP\r\n\r\n");
  EXPECT_EQ(status_of(client.receive_all()), 400);
}

TEST(Server, OutlivesClientsThatLeave) {
  Served served;
  served.post("/_emulator/faults", R"({"times":20,"when":"after","delay":"1ms"})");
  for (int i = 0; i < 20; ++i) {
    RawClient client{served.server.port()};
    client.send(Served::create_request("x"));
  }
  RawClient client{served.server.port()};
  client.send(Served::create_request("y"));
  EXPECT_EQ(status_of(client.receive()), 200);
}

TEST(Server, CutsTheConnection) {
  Served served;
  served.post("/_emulator/faults", R"({"reset":true,"when":"after"})");
  served.post("/_emulator/faults", R"({"reset":true,"nth":2})");
  for (const std::size_t commits : {1U, 1U}) {
    RawClient client{served.server.port()};
    client.send(Served::create_request("x"));
    EXPECT_EQ(client.receive_all(), "");
    EXPECT_TRUE(client.was_reset());
    EXPECT_EQ(served.commits(), commits);
  }
}

TEST(Server, DelaysOneCallWhileOthersGoOn) {
  Served served;
  served.post("/_emulator/faults", R"({"method":"POST","delay":"1h"})");
  RawClient slow{served.server.port()};
  slow.send(Served::create_request("slow"));
  RawClient quick{served.server.port()};
  for (int i = 0; i < 5; ++i) {
    quick.send(Served::request("GET", Served::keys()));
    EXPECT_EQ(status_of(quick.receive()), 200);
  }
  EXPECT_FALSE(slow.has_answer());
  EXPECT_EQ(served.commits(), 0U);
}

TEST(Server, DelaysAsLongAsAsked) {
  for (const char* when : {"before", "after"}) {
    Served served;
    served.post("/_emulator/faults", R"({"delay":"30ms","when":")" + std::string{when} + "\"}");
    const auto start = std::chrono::steady_clock::now();
    RawClient client{served.server.port()};
    client.send(Served::create_request("x"));
    EXPECT_EQ(status_of(client.receive()), 200);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 30ms);
  }
}

TEST(Server, CommitsAlthoughTheCallerGaveUp) {
  Served served;
  served.post("/_emulator/faults", R"({"method":"POST","delay":"20ms"})");
  {
    RawClient impatient{served.server.port()};
    impatient.send(Served::create_request("x"));
  }
  served.post("/_emulator/faults", R"({"method":"GET","delay":"100ms"})");
  RawClient patient{served.server.port()};
  patient.send(Served::request("GET", Served::keys()));
  EXPECT_EQ(status_of(patient.receive()), 200);
  EXPECT_EQ(served.commits(), 1U);
}

TEST(Server, ServesManyConnectionsAtOnce) {
  Served served;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(std::make_unique<RawClient>(served.server.port()));
  for (const auto& client : clients) client->send(Served::create_request("x"));
  for (const auto& client : clients) EXPECT_EQ(status_of(client->receive()), 200);
  EXPECT_EQ(served.commits(), 50U);
}

TEST(Server, CountsCallsAcrossConnections) {
  Served served;
  served.post("/_emulator/faults", R"({"method":"POST","nth":3,"times":2,"status":503})");
  std::string statuses;
  for (int i = 0; i < 5; ++i) {
    RawClient client{served.server.port()};
    client.send(Served::create_request("x"));
    statuses += std::to_string(status_of(client.receive())) + " ";
  }
  EXPECT_EQ(statuses, "200 200 503 503 200 ");
  // Sent all at once, it is as many of them, whichever they are.
  served.post("/_emulator/faults", R"({"method":"POST","nth":11,"times":7,"status":503})");
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 30; ++i) clients.push_back(std::make_unique<RawClient>(served.server.port()));
  for (const auto& client : clients) client->send(Served::create_request("x"));
  int hits = 0;
  for (const auto& client : clients) hits += status_of(client->receive()) == 503 ? 1 : 0;
  EXPECT_EQ(hits, 7);
  EXPECT_EQ(served.commits(), 3U + 23U);
}

TEST(Server, StopsAlthoughClientsWait) {
  auto served = std::make_unique<Served>();
  served->post("/_emulator/faults", R"({"delay":"1h"})");
  RawClient idle{served->server.port()};
  RawClient waiting{served->server.port()};
  waiting.send(Served::create_request("x"));
  RawClient answered{served->server.port()};
  answered.send(Served::request("GET", "/_emulator/ledger"));
  answered.receive();
  served.reset();
  EXPECT_EQ(waiting.receive_all(), "");
  EXPECT_EQ(idle.receive_all(), "");
}

TEST(Server, TellsOfAPortThatIsTaken) {
  Served served;
  const auto second = Server::listen(*served.emulator, {.port = served.server.port()});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message,
            "cannot listen on 127.0.0.1:" + std::to_string(served.server.port()) +
                ": Address already in use");
}

TEST(Server, ListensOnLoopbackAlone) {
  Served served;
  EXPECT_EQ(served.server.address(), "http://127.0.0.1:" + std::to_string(served.server.port()));
}

}  // namespace
}  // namespace xai::emulator::test
