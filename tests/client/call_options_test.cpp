#include "xai/management/call_options.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "client/client_fixture.h"
#include "xai/management/event.h"

namespace xai::client {
namespace {

using management::Attempt;
using management::CallOptions;
using management::Event;
using management::UpdateApiKey;

constexpr auto page_1 = R"({"apiKeys":[{"apiKeyId":"a"}],"paginationToken":"t-2"})";
constexpr auto page_2 = R"({"apiKeys":[{"apiKeyId":"b"}]})";

/// What one call told.
struct Told {
  std::vector<Attempt> attempts{};
  CallOptions options() {
    return {.tell = [this](const Event& event) { attempts.push_back(std::get<Attempt>(event)); }};
  }
  /// `operation number status request id`, a line each.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> result;
    for (const Attempt& attempt : attempts)
      result.push_back(std::string{attempt.operation} + " " + std::to_string(attempt.number) + " " +
                       std::to_string(attempt.status) + " " + attempt.request_id);
    return result;
  }
};
using Lines = std::vector<std::string>;

HttpResponse with_id(int status, const std::string& body, const char* id) {
  return answer(status, body, {{"X-Request-Id", id}});
}

TEST(CallEvents, TellEveryAttemptWithTheRequestIdOfASuccess) {
  FakeClient client{{with_id(503, "", "r-1"), no_answer(), with_id(200, page_2, "r-3")}};
  Told told;
  ASSERT_TRUE(client->send(ListApiKeys{}, told.options()));
  EXPECT_EQ(told.lines(),
            (Lines{"listApiKeys 1 503 r-1", "listApiKeys 2 0 ", "listApiKeys 3 200 r-3"}));
  EXPECT_EQ(told.attempts[0].method, Method::get);
  EXPECT_EQ(told.attempts[0].path, "/auth/teams/team-1/api-keys");
  EXPECT_FALSE(told.attempts[0].error);
  EXPECT_EQ(told.attempts[1].error.value().outcome, Outcome::unknown);
  EXPECT_EQ(told.attempts[2].body_bytes, std::string_view{page_2}.size());
}

TEST(CallEvents, TellNoSecret) {
  const std::string key = FakeClient::defaults().management_key.reveal();
  auto lost = no_answer();
  lost.error().message = "the connection for " + key + " broke";
  FakeClient client{{with_id(503, "", ("r-" + key).c_str()), lost, with_id(200, page_2, "r-3")}};
  Told told;
  ASSERT_TRUE(client->send(ListApiKeys{}, told.options()));
  ASSERT_EQ(told.attempts.size(), 3U);
  EXPECT_EQ(told.attempts[0].request_id, "r-***");
  EXPECT_EQ(told.attempts[0].headers.at(0).value, "r-***");
  EXPECT_EQ(told.attempts[1].error.value().message, "the connection for *** broke");
  told.attempts.clear();
  static_cast<void>(client->send(DeleteApiKey{.api_key_id = key}, told.options()));
  ASSERT_FALSE(told.attempts.empty());
  EXPECT_EQ(told.attempts[0].path, "/auth/api-keys/***");
}

TEST(CallEvents, NameTheLookUpsOfACallByTheirOwnOperation) {
  auto options = FakeClient::defaults();
  options.team_id = "";
  FakeClient client{{with_id(200, R"({"scope":"SCOPE_TEAM","scopeId":"team-7"})", "r-1"),
                     with_id(503, "", "r-2"), with_id(200, page_2, "r-3")},
                    options};
  Told told;
  ASSERT_TRUE(client->send(ListApiKeys{}, told.options()));
  EXPECT_EQ(told.lines(), (Lines{"validateManagementKey 1 200 r-1", "listApiKeys 1 503 r-2",
                                 "listApiKeys 2 200 r-3"}));
}

TEST(CallEvents, CountOnWhereALookComesBetweenTwoAttempts) {
  FakeClient client{{answer(503), answer(200, page_2), answer(503), answer(200, page_2),
                     answer(200, R"({"apiKeyId":"b","name":"new"})")}};
  Told told;
  ASSERT_TRUE(client->send(UpdateApiKey::of("b", {.name = "new"}), told.options()));
  EXPECT_EQ(told.lines(), (Lines{"updateApiKey 1 503 ", "listApiKeys 1 200 ", "updateApiKey 2 503 ",
                                 "listApiKeys 1 200 ", "updateApiKey 3 200 "}));
}

TEST(CallEvents, BeginAgainWithEachPage) {
  FakeClient client{{answer(200, page_1), answer(503), answer(200, page_2)}};
  Told told;
  int keys = 0;
  for (const auto& key : client->items(ListApiKeys{}, told.options())) keys += key ? 1 : 0;
  EXPECT_EQ(keys, 2);
  EXPECT_EQ(told.lines(),
            (Lines{"listApiKeys 1 200 ", "listApiKeys 1 503 ", "listApiKeys 2 200 "}));
}

TEST(CallEvents, AreThoseOfOneCallAmongManyThreads) {
  ClientOptions options = FakeClient::defaults();
  options.transport = [](const HttpRequest& request) -> Result<HttpResponse> {
    return answer(200, "{}", {{"x-request-id", std::string{request.target.substr(12, 2)}}});
  };
  const Client client{options};
  std::atomic<int> good{};
  {
    std::vector<std::jthread> threads;
    for (int i = 10; i < 26; ++i)
      threads.emplace_back([&, name = std::to_string(i)] {
        for (int j = 0; j < 20; ++j) {
          Told told;
          (void)client.send(ListTeamModels{.team_id = name}, told.options());
          good += told.lines() == Lines{"listTeamModels 1 200 " + name} ? 1 : 0;
        }
      });
  }
  EXPECT_EQ(good, 16 * 20);
}

TEST(CallEvents, StandBesideTheLogThatIsWrittenFromThem) {
  std::vector<std::string> lines;
  auto options = FakeClient::defaults();
  options.log = [&](std::string_view line) { lines.emplace_back(line); };
  FakeClient client{{with_id(200, page_2, "r-1")}, options};
  Told told;
  ASSERT_TRUE(client->send(ListApiKeys{}, told.options()));
  EXPECT_EQ(told.attempts.size(), 1U);
  EXPECT_EQ(lines, Lines{"GET /auth/teams/team-1/api-keys → status 200, 30 bytes, x-request-id: "
                         "r-1, 0 ms"});
}

TEST(CallDeadline, StandsInForThatOfTheClient) {
  for (const milliseconds of_client : {milliseconds{0}, milliseconds{50}, milliseconds{9'000}}) {
    auto options = FakeClient::defaults();
    options.deadlines.operation = of_client;
    FakeClient client{{answer(503)}, options};
    EXPECT_FALSE(client->send(ListApiKeys{}, {.deadline = milliseconds{600}}));
    ASSERT_EQ(client.requests().size(), 2U);
    EXPECT_EQ(client.requests()[0].timeout, milliseconds{600});
    EXPECT_EQ(client.requests()[1].timeout, milliseconds{350});
  }
}

TEST(CallDeadline, HoldsForAWriteThatIsRepeatedAfterALook) {
  FakeClient client{{answer(503), answer(200), answer(200, R"({"apiKeys":[{"apiKeyId":"k-1"}]})")}};
  const auto deleted =
      client->send(DeleteApiKey{.api_key_id = "k-1"}, {.deadline = milliseconds{200}});
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().outcome, Outcome::unknown);
  EXPECT_TRUE(client.time().sleeps().empty());
}

TEST(CallDeadline, HoldsForAllPagesTogether) {
  fakes::ManualTime manual_time;
  std::vector<milliseconds> timeouts;
  ClientOptions options = FakeClient::defaults();
  options.transport = [&](const HttpRequest& request) -> Result<HttpResponse> {
    timeouts.push_back(request.timeout);
    manual_time.advance(milliseconds{400});
    return answer(200, R"({"apiKeys":[{}],"paginationToken":"t-)" +
                           std::to_string(timeouts.size()) + R"("})");
  };
  const Client client =
      make_client(options, {manual_time.clock(), manual_time.sleep(), manual_time.random()});
  ErrorKind last{};
  for (const auto& page : client.pages(ListApiKeys{}, {.deadline = milliseconds{1'000}}))
    if (!page) last = page.error().kind;
  EXPECT_EQ(last, ErrorKind::deadline_exceeded);
  EXPECT_EQ(timeouts, (std::vector{milliseconds{1'000}, milliseconds{600}, milliseconds{200}}));
}

TEST(CallCancellation, EndsThatCallAlone) {
  FakeClient client{{answer(200, page_2)}};
  const auto cancelled = client->send(ListApiKeys{}, {.is_cancelled = [] { return true; }});
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
  EXPECT_EQ(cancelled.error().outcome, Outcome::not_sent);
  EXPECT_TRUE(client.requests().empty());
  EXPECT_TRUE(client->send(ListApiKeys{}));
}

TEST(CallCancellation, EndsTheWaitBeforeARepeat) {
  auto options = FakeClient::defaults();
  options.retry.backoff_base = milliseconds{20'000};
  FakeClient client{{answer(503)}, options};
  const auto start = client.time().clock()();
  const auto is_cancelled = [&] {
    return client.time().clock()() - start > std::chrono::seconds{1};
  };
  const auto keys = client->send(ListApiKeys{}, {.is_cancelled = is_cancelled});
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().kind, ErrorKind::cancelled);
  EXPECT_EQ(client.requests().size(), 1U);
  EXPECT_LE(client.time().clock()() - start, milliseconds{1'500});
}

TEST(CallCancellation, EndsAReadUnderWayOnAPoolThatOthersShare) {
  std::atomic<bool> is_asked{};
  fakes::ScriptedServer server{{[&](fakes::Connection& connection) {
    (void)connection.read_request();
    is_asked = true;
    (void)connection.read_request();  // Until the client hangs up.
  }}};
  ClientOptions options = FakeClient::defaults();
  options.base_url = server.url();
  const Client client{options};
  const auto keys = client.send(ListApiKeys{}, {.is_cancelled = [&] { return is_asked.load(); }});
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace xai::client
