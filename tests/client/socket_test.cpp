#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "client/client_fixture.h"
#include "fakes/scripted_server.h"

namespace xai::client {
namespace {

using fakes::Connection;
using fakes::http_answer;
using fakes::ScriptedServer;

TEST(Sockets, AReadSurvivesALostAnswerAndA503) {
  fakes::ManualTime manual_time;
  ScriptedServer server{{fakes::play_bytes(""), fakes::play_bytes(http_answer(503, "")),
                         fakes::play_bytes(http_answer(200, R"({"apiKeys":[{"name":"n"}]})"))}};
  const auto keys = client_of(server, manual_time, {.team_id = "team-1"}).send(ListApiKeys{});
  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_EQ(keys->api_keys.at(0).name, "n");
  EXPECT_EQ(server.connections(), 3U);
}

TEST(Sockets, ACreateIsSentOnceWhateverBecomesOfItsAnswer) {
  const std::string whole = http_answer(200, R"({"apiKey":"xai-new"})");
  for (const std::string& bytes : {std::string{}, whole.substr(0, 10), whole.substr(0, 60),
                                   http_answer(502, "<html>"), http_answer(200, "")}) {
    fakes::ManualTime manual_time;
    fakes::Record record;
    ScriptedServer server{{[&](Connection& connection) {
      record.add(connection.read_request());
      connection.write(bytes);
    }}};
    const auto key =
        client_of(server, manual_time, {.team_id = "team-1"}).send(CreateApiKey{.name = "n"});
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().outcome, Outcome::unknown);
    EXPECT_EQ(record.all().size(), 1U);
  }
}

TEST(Sockets, ACreateIsRepeatedWhenItWasNeverSent) {
  fakes::ManualTime manual_time;
  const Client client =
      make_client({.management_key = Secret{"key"},
                   .team_id = "team-1",
                   .base_url = "http://127.0.0.1:" + std::to_string(fakes::closed_port())},
                  {manual_time.clock(), manual_time.sleep(), manual_time.random()});
  const auto key = client.send(CreateApiKey{.name = "n"});
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().outcome, Outcome::not_sent);
  EXPECT_EQ(manual_time.sleeps().size(), 2U);
}

TEST(Sockets, ThreadsShareAClient) {
  fakes::ManualTime manual_time;
  ScriptedServer server{{[](Connection& connection) {
    while (!connection.read_request().empty()) connection.write(http_answer(200, "{}"));
  }}};
  const Client client = client_of(server, manual_time, {.team_id = "team-1"});
  std::atomic<int> answers{};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] {
        for (int j = 0; j < 20; ++j) answers += client.send(ListTeamModels{}) ? 1 : 0;
      });
  }
  EXPECT_EQ(answers, 160);
  EXPECT_LE(server.connections(), 8U);
}

}  // namespace
}  // namespace xai::client
