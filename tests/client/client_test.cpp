#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "client/client_fixture.h"
#include "client/send.h"

namespace xai::client {
namespace {

using Asked = std::vector<std::string>;

constexpr auto new_key = R"({"apiKeyId":"k-1","name":"n","apiKey":"xai-secret","later":[1,2]})";
constexpr auto team_key = R"({"apiKeyId":"m","scope":"SCOPE_TEAM","scopeId":"team-7"})";

TEST(Send, SendsTheWholeRequestAndReadsTheAnswer) {
  FakeClient client{{answer(200, new_key)}};
  const auto key = client->send(CreateApiKey{.name = "n"});
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->api_key_id, "k-1");
  EXPECT_EQ(key->api_key.value().reveal(), "xai-secret");
  ASSERT_EQ(client.requests().size(), 1U);
  const HttpRequest request = client.requests()[0];
  EXPECT_EQ(request.base_url, "https://management-api.x.ai");
  EXPECT_EQ(request.target, "/auth/teams/team-1/api-keys");
  EXPECT_EQ(request.method, Method::post);
  EXPECT_EQ(request.credential.reveal(), "xai-token-canary");
}

TEST(Send, TakesAny2xx) {
  FakeClient client{{answer(201, new_key)}};
  EXPECT_TRUE(client->send(CreateApiKey{.name = "n"}));
}

TEST(Send, RepeatsAsTheOperationAllows) {
  FakeClient reads{{answer(503), no_answer(), answer(200, R"({"apiKeys":[]})")}};
  EXPECT_TRUE(reads->send(ListApiKeys{}));
  EXPECT_EQ(reads.time().sleeps().size(), 2U);
  FakeClient writes{{answer(503)}};
  EXPECT_FALSE(writes->send(CreateApiKey{.name = "n"}));
  EXPECT_EQ(writes.requests().size(), 1U);
}

TEST(Send, LogsEachAttemptAndNoSecret) {
  std::vector<std::string> lines;
  auto options = FakeClient::defaults();
  options.log = [&](std::string_view line) { lines.emplace_back(line); };
  FakeClient client{{not_sent(), answer(200, new_key)}, options};
  ASSERT_TRUE(client->send(CreateApiKey{.name = "n"}));
  ASSERT_EQ(lines.size(), 2U);
  for (const auto& line : lines) {
    EXPECT_TRUE(line.starts_with("POST /auth/teams/team-1/api-keys → "));
    EXPECT_EQ(line.find("canary"), std::string::npos);
    EXPECT_EQ(line.find("xai-secret"), std::string::npos);
  }
}

TEST(Send, StrikesTheKeyOutOfTheLogBeforeALineIsCut) {
  for (std::size_t before = 150; before <= 220; ++before) {
    std::string lines;
    auto options = FakeClient::defaults();
    options.log = [&](std::string_view line) { lines += line; };
    const std::string id = std::string(before, 'x') + options.management_key.reveal();
    FakeClient client{{answer(200, R"({"apiKeys":[]})", {{"x-request-id", id}})}, options};
    ASSERT_TRUE(client->send(ListApiKeys{}));
    EXPECT_FALSE(lines.contains("xai-")) << before << lines;
  }
}

TEST(Exchange, KeepsMembersWeDoNotKnow) {
  FakeClient client{{answer(200, new_key)}};
  const auto answer = exchange(*client, CreateApiKey{.name = "n"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->document.root().find("later").items().size(), 2U);
}

TEST(Preview, IsCompleteAndSendsNothing) {
  FakeClient client{{answer(500)}};
  const auto request = preview(*client, DeleteApiKey{.api_key_id = "k/1"});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->base_url, "https://management-api.x.ai");
  EXPECT_EQ(request->target, "/auth/api-keys/k%2F1");
  EXPECT_TRUE(request->credential.empty());
  EXPECT_TRUE(client.requests().empty());
}

TEST(BaseUrl, MayHaveAPrefixAndATrailingSlash) {
  auto options = FakeClient::defaults();
  options.base_url = "http://127.0.0.1:8080/replay/";
  FakeClient client{{answer(200, new_key)}, options};
  ASSERT_TRUE(client->send(CreateApiKey{.name = "n"}));
  EXPECT_EQ(client.requests()[0].base_url, "http://127.0.0.1:8080/replay");
}

TEST(BaseUrl, IsJudgedAtTheFirstSend) {
  for (const auto* const url : {"", "management-api.x.ai", "http://example.test",
                                "https://user:pass@example.test", "https://example.test?x=1"}) {
    auto options = FakeClient::defaults();
    options.base_url = url;
    FakeClient client{{answer(200, new_key)}, options};
    const auto key = client->send(CreateApiKey{.name = "n"});
    ASSERT_FALSE(key) << url;
    EXPECT_EQ(key.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(key.error().outcome, Outcome::not_sent);
    EXPECT_TRUE(client.requests().empty());
  }
}

TEST(ManagementKey, MustBeThere) {
  FakeClient client{{answer(200, new_key)}, {.team_id = "team-1"}};
  const auto key = client->send(CreateApiKey{.name = "n"});
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().kind, ErrorKind::unauthenticated);
  EXPECT_EQ(key.error().outcome, Outcome::not_sent);
  EXPECT_TRUE(client.requests().empty());
}

TEST(TeamId, OfTheOperationComesFirst) {
  FakeClient client{{answer(200, R"({"apiKeys":[]})")}};
  ASSERT_TRUE(client->send(ListApiKeys{.team_id = "own"}));
  EXPECT_EQ(client.asked(), Asked{"GET /auth/teams/own/api-keys"});
}

TEST(TeamId, IsAskedOfTheKeyOnce) {
  auto options = FakeClient::defaults();
  options.team_id = "";
  FakeClient client{{answer(200, team_key), answer(200, "{}")}, options};
  ASSERT_TRUE(client->send(ListTeamModels{}));
  ASSERT_TRUE(client->send(ListTeamModels{}));
  EXPECT_EQ(client.asked(),
            (Asked{"GET /auth/management-keys/validation", "GET /auth/teams/team-7/models",
                   "GET /auth/teams/team-7/models"}));
}

TEST(TeamId, IsAskedAgainAfterAFailure) {
  auto options = FakeClient::defaults();
  options.team_id = "";
  FakeClient client{{answer(401), answer(200, team_key), answer(200, "{}")}, options};
  const auto refused = client->send(ListTeamModels{});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unauthenticated);
  EXPECT_TRUE(client->send(ListTeamModels{}));
}

TEST(TeamId, MustBeGivenForAKeyOfAnOrganization) {
  auto options = FakeClient::defaults();
  options.team_id = "";
  FakeClient client{
      {answer(200, R"({"scope":"SCOPE_ORGANIZATION","scopeId":"o-1","teamId":null})")}, options};
  const auto key = client->send(CreateApiKey{.name = "n"});
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().kind, ErrorKind::invalid_argument);
  EXPECT_EQ(key.error().outcome, Outcome::not_sent);
  EXPECT_NE(key.error().next.find("XAI_TEAM_ID"), std::string::npos);
  EXPECT_EQ(client.requests().size(), 1U);
}

TEST(Ids, MustBeOneSegmentOfAPath) {
  for (const auto* const team : {"a/b", ".", "..", "../other"}) {
    FakeClient client{{answer(200, new_key)}};
    const auto key = client->send(CreateApiKey{.team_id = team, .name = "n"});
    ASSERT_FALSE(key) << team;
    EXPECT_EQ(key.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(key.error().outcome, Outcome::not_sent);
    EXPECT_TRUE(client.requests().empty());
  }
  for (const auto* const id : {"", ".", ".."}) {
    FakeClient client{{answer(200, "{}")}};
    const auto deleted = client->send(DeleteApiKey{.api_key_id = id});
    ASSERT_FALSE(deleted) << id;
    EXPECT_EQ(deleted.error().outcome, Outcome::not_sent);
    EXPECT_TRUE(client.requests().empty());
  }
}

TEST(InferenceHost, GetsTheApiKeyAndNeverTheManagementKey) {
  auto options = FakeClient::defaults();
  options.region = "us-east-1";
  FakeClient client{{answer(200, R"({"api_key_id":"k-1"})")}, options};
  ASSERT_TRUE(client->send(GetInferenceApiKeyInfo{.api_key = Secret{"xai-own"}}));
  ASSERT_EQ(client.requests().size(), 1U);
  EXPECT_EQ(client.requests()[0].base_url, "https://us-east-1.api.x.ai");
  EXPECT_EQ(client.requests()[0].credential.reveal(), "xai-own");
  const auto without = client->send(GetInferenceApiKeyInfo{});
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().kind, ErrorKind::invalid_argument);
  EXPECT_EQ(client.requests().size(), 1U);
}

TEST(InferenceHost, IsNotChosenByARegionThatIsAnotherHost) {
  for (const auto* const region : {"evil.test/", "evil.test#", "a b", "x@evil"}) {
    auto options = FakeClient::defaults();
    options.region = region;
    FakeClient client{{answer(200, "{}")}, options};
    const auto info = client->send(GetInferenceApiKeyInfo{.api_key = Secret{"xai-own"}});
    ASSERT_FALSE(info) << region;
    EXPECT_EQ(info.error().outcome, Outcome::not_sent);
    EXPECT_TRUE(client.requests().empty());
  }
}

TEST(Outcomes, OfReadsAreNeverUnknown) {
  FakeClient client{{no_answer()}};
  const auto keys = client->send(ListApiKeys{});
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().outcome, Outcome::unanswered);
  FakeClient unreachable{{not_sent()}};
  EXPECT_EQ(unreachable->send(ListApiKeys{}).error().outcome, Outcome::not_sent);
}

TEST(TimeLimit, HoldsForAllAttemptsTogether) {
  auto options = FakeClient::defaults();
  options.deadlines.operation = milliseconds{600};
  FakeClient client{{answer(503)}, options};
  EXPECT_FALSE(client->send(ListApiKeys{}));
  ASSERT_EQ(client.requests().size(), 2U);
  EXPECT_EQ(client.requests()[0].timeout, milliseconds{600});
  EXPECT_EQ(client.requests()[1].timeout, milliseconds{350});
}

TEST(TimeLimit, CountsTheLookUpOfTheTeam) {
  fakes::ManualTime manual_time;
  ClientOptions options{.management_key = Secret{"key"}};
  options.deadlines.operation = milliseconds{100};
  int requests = 0;
  options.transport = [&](const HttpRequest&) -> Result<HttpResponse> {
    ++requests;
    manual_time.advance(milliseconds{150});
    return answer(200, team_key);
  };
  const Client client =
      make_client(options, {manual_time.clock(), manual_time.sleep(), manual_time.random()});
  const auto key = client.send(CreateApiKey{.name = "n"});
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().kind, ErrorKind::deadline_exceeded);
  EXPECT_EQ(key.error().outcome, Outcome::not_sent);
  EXPECT_EQ(requests, 1);
}

TEST(Exceptions, OfTheCallersOwnTransportDoNotEscape) {
  ClientOptions options = FakeClient::defaults();
  options.transport = [](const HttpRequest&) -> Result<HttpResponse> {
    throw std::runtime_error{"the wire is cut"};
  };
  const Client client{options};
  const auto key = client.send(CreateApiKey{.name = "n"});
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().kind, ErrorKind::internal);
  EXPECT_EQ(key.error().outcome, Outcome::unknown);
  EXPECT_NE(key.error().message.find("the wire is cut"), std::string::npos);
}

TEST(Threads, MayShareAClient) {
  std::atomic<int> validations{};
  ClientOptions options{.management_key = Secret{"key"}};
  options.transport = [&](const HttpRequest& request) -> Result<HttpResponse> {
    if (request.target != "/auth/management-keys/validation") return answer(200, "{}");
    ++validations;
    return answer(200, team_key);
  };
  std::atomic<int> lines{};
  options.log = [&](std::string_view) { ++lines; };
  const Client client{options};
  std::atomic<int> answers{};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, copy = client] {
        for (int j = 0; j < 50; ++j) answers += copy.send(ListTeamModels{}) ? 1 : 0;
      });
  }
  EXPECT_EQ(answers, 400);
  EXPECT_EQ(validations, 1);
  EXPECT_EQ(lines, 401);
}

}  // namespace
}  // namespace xai::client
