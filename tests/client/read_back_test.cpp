#include <gtest/gtest.h>

#include "client/client_fixture.h"

namespace xai::client {
namespace {

using Asked = std::vector<std::string>;

const std::string remove = "DELETE /auth/api-keys/k-1";
const std::string look = "GET /auth/api-keys/k-1/propagation";
const auto gone = answer(404);
const auto there = answer(200, R"({"icPropagation":{"us-east-1.api.x.ai":true}})");
const std::string list = "GET /auth/teams/team-1/api-keys?pageSize=100";

Result<management::DeleteApiKeyResponse> send(FakeClient& client) {
  return client->send(DeleteApiKey{.api_key_id = "k-1"});
}

TEST(DeleteApiKey, NeedsNoLookWhenTheAnswerIsClear) {
  for (const auto& response : {answer(200), answer(404), answer(403)}) {
    FakeClient client{{response}};
    EXPECT_EQ(send(client).has_value(), response.status == 200);
    EXPECT_EQ(client.asked(), Asked{remove});
  }
}

TEST(DeleteApiKey, IsDoneWhenTheKeyIsGone) {
  for (const Result<HttpResponse>& open : std::vector<Result<HttpResponse>>{
           no_answer(), answer(500), answer(502), answer(504), answer(200, "<html>")}) {
    FakeClient client{{open, gone}};
    EXPECT_TRUE(send(client));
    EXPECT_EQ(client.asked(), (Asked{remove, look}));
  }
}

TEST(DeleteApiKey, IsRepeatedWhenTheKeyIsStillThere) {
  FakeClient client{{no_answer(), there, answer(200)}};
  EXPECT_TRUE(send(client));
  EXPECT_EQ(client.asked(), (Asked{remove, look, remove}));
  EXPECT_EQ(client.time().sleeps(), std::vector{milliseconds{250}});
}

TEST(DeleteApiKey, IsDoneWhenTheRepeatFindsNothing) {
  FakeClient client{{no_answer(), there, answer(404)}};
  EXPECT_TRUE(send(client));
  EXPECT_EQ(client.asked(), (Asked{remove, look, remove}));
}

TEST(DeleteApiKey, LooksAtEveryPageOfTheListWhenItMayNotAskForOneKey) {
  FakeClient client{{no_answer(), answer(403),
                     answer(200, R"({"apiKeys":[{"apiKeyId":"k-2"}],"paginationToken":"t"})"),
                     answer(200, R"({"apiKeys":[{"apiKeyId":"k-1"}]})"), answer(200)}};
  EXPECT_TRUE(send(client));
  EXPECT_EQ(client.asked(), (Asked{remove, look, list, list + "&paginationToken=t", remove}));
}

TEST(DeleteApiKey, StaysUnknownWhenNobodyCanLook) {
  for (const auto& refusals : {std::vector{answer(403), answer(403)}, std::vector{answer(401)}}) {
    std::vector<Result<HttpResponse>> answers{no_answer()};
    answers.insert(answers.end(), refusals.begin(), refusals.end());
    FakeClient client{answers};
    const auto deleted = send(client);
    ASSERT_FALSE(deleted);
    EXPECT_EQ(deleted.error().outcome, Outcome::unknown);
    EXPECT_EQ(client.asked().size(), answers.size());
  }
}

TEST(DeleteApiKey, StaysUnknownAfterTheLastAttempt) {
  FakeClient client{{no_answer(), there, no_answer(), there, no_answer(), there}};
  const auto deleted = send(client);
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().outcome, Outcome::unknown);
  EXPECT_EQ(client.asked(), (Asked{remove, look, remove, look, remove, look}));
}

TEST(DeleteApiKey, StaysUnknownWhenARepeatCannotBeSent) {
  FakeClient client{{no_answer(), there, not_sent(), not_sent(), not_sent(), answer(401)}};
  const auto deleted = send(client);
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().outcome, Outcome::unknown);
}

TEST(DeleteApiKey, IsRepeatedWithoutALookWhenItWasNeverSent) {
  FakeClient client{{not_sent(), not_sent(), answer(200)}};
  EXPECT_TRUE(send(client));
  EXPECT_EQ(client.asked(), (Asked{remove, remove, remove}));
}

TEST(DeleteApiKey, IsLookedAtWhenItWasThrottled) {
  FakeClient made{{answer(429), gone}};
  EXPECT_TRUE(send(made));
  EXPECT_EQ(made.asked(), (Asked{remove, look}));
  FakeClient repeated{{answer(429), there, answer(200)}};
  EXPECT_TRUE(send(repeated));
  EXPECT_EQ(repeated.asked(), (Asked{remove, look, remove}));
  FakeClient refused{{answer(429), there, answer(429), there, answer(429), there}};
  const auto deleted = send(refused);
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().outcome, Outcome::throttled);
  FakeClient blind{{answer(429)}};
  EXPECT_EQ(send(blind).error().outcome, Outcome::unknown);
}

const HttpResponse foreign_page =
    answer(404, "<html>Not here.</html>", {{"Content-Type", "text/html"}});

TEST(DeleteApiKey, BelievesNoPageOfAProxy) {
  for (int status = 400; status <= 499; ++status) {
    const HttpResponse foreign{
        .status = status, .headers = foreign_page.headers, .body = foreign_page.body};
    if (status == 408 || status == 425 || status == 499) continue;
    FakeClient made{{foreign, gone}};
    EXPECT_TRUE(send(made)) << status;
    EXPECT_EQ(made.asked(), (Asked{remove, look})) << status;
    FakeClient absent{{foreign, there}};
    EXPECT_EQ(send(absent).error().outcome, Outcome::unknown) << status;
    EXPECT_EQ(absent.asked(), (Asked{remove, look})) << status;
    // The same page for another question: nothing of this reached the service.
    FakeClient never_reached{{foreign}};
    EXPECT_EQ(send(never_reached).error().outcome, Outcome::refused) << status;
    FakeClient another_page{{foreign, answer(status == 418 ? 451 : 418, "<html>")}};
    EXPECT_EQ(send(another_page).error().outcome, Outcome::unknown) << status;
  }
}

TEST(DeleteApiKey, IsNoKeyThatAProxyDoesNotKnow) {
  FakeClient client{{no_answer(), foreign_page}};
  const auto deleted = send(client);
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().outcome, Outcome::unknown);
}

TEST(DeleteApiKey, IsDoneOnlyWhenThatIsSaidOrSeen) {
  for (const auto& unclear :
       {answer(202), answer(204, ""), answer(206), answer(200, R"({"code":13,"message":"m"})"),
        answer(200, R"({"error":"m"})"), answer(200, "[]")}) {
    FakeClient made{{unclear, gone}};
    EXPECT_TRUE(send(made)) << unclear.status << unclear.body;
    EXPECT_EQ(made.asked(), (Asked{remove, look}));
    FakeClient blind{{unclear, answer(403), answer(403)}};
    const auto deleted = send(blind);
    ASSERT_FALSE(deleted) << unclear.status << unclear.body;
    EXPECT_EQ(deleted.error().outcome, Outcome::unknown);
  }
}

TEST(DeleteApiKey, StopsAtTheCallersLimit) {
  auto options = FakeClient::defaults();
  options.deadlines.operation = milliseconds{200};
  FakeClient client{{no_answer(), there, answer(200)}, options};
  const auto deleted = send(client);
  ASSERT_FALSE(deleted);
  EXPECT_EQ(deleted.error().outcome, Outcome::unknown);
  EXPECT_EQ(client.asked(), (Asked{remove, look}));
}

const std::string change = "PUT /auth/api-keys/k-1";

Result<management::ApiKey> rename(FakeClient& client) {
  return client->send(management::UpdateApiKey::of("k-1", {.name = "new"}, {"tpm"}));
}

HttpResponse listed(const std::string& members) {
  return answer(200, R"({"apiKeys":[{"apiKeyId":"k-1",)" + members + "}]}");
}

TEST(UpdateApiKey, IsDoneWhenTheKeyHasTheValues) {
  FakeClient client{{no_answer(), listed(R"("name":"new","acl_strings":["a"])")}};
  const auto key = rename(client);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->name, "new");
  EXPECT_EQ(key->acls.size(), 1U);
  EXPECT_EQ(client.asked(), (Asked{change, list}));
}

TEST(UpdateApiKey, IsNotDoneBecauseAnotherKeyHasTheValues) {
  // The request never arrived; the key before ours has just that name.
  const auto two_keys = [](const std::string& ours) {
    return answer(200, R"({"apiKeys":[{"apiKeyId":"k-0","name":"new"},{"apiKeyId":"k-1","name":")" +
                           ours + "\"}]}");
  };
  FakeClient client{{no_answer(), two_keys("old"), answer(200, R"({"name":"new"})")}};
  EXPECT_TRUE(rename(client));
  EXPECT_EQ(client.asked(), (Asked{change, list, change}));
  FakeClient never{
      {no_answer(), two_keys("old"), no_answer(), two_keys("old"), no_answer(), two_keys("old")}};
  const auto changed = rename(never);
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().outcome, Outcome::unknown);
}

TEST(UpdateApiKey, IsNotDoneWhereTheKeyIsNotInTheList) {
  FakeClient client{{no_answer(), answer(200, R"({"apiKeys":[{"apiKeyId":"k-0","name":"new"}]})"),
                     answer(200, R"({"apiKeyId":"k-1","name":"new"})")}};
  EXPECT_TRUE(rename(client));
  EXPECT_EQ(client.asked(), (Asked{change, list, change}));
}

TEST(UpdateApiKey, IsLookedForOnEveryPage) {
  FakeClient client{{no_answer(),
                     answer(200, R"({"apiKeys":[{"apiKeyId":"k-0"}],"paginationToken":"t"})"),
                     listed(R"("name":"new")")}};
  EXPECT_TRUE(rename(client));
  EXPECT_EQ(client.asked(), (Asked{change, list, list + "&paginationToken=t"}));
}

TEST(UpdateApiKey, IsRepeatedWhenAValueDiffers) {
  for (const char* members : {R"("name":"old")", R"("name":"new","tpm":"5")"}) {
    FakeClient client{{answer(503), listed(members), answer(200, R"({"name":"new"})")}};
    EXPECT_TRUE(rename(client));
    EXPECT_EQ(client.asked(), (Asked{change, list, change}));
  }
}

const std::string as_asked = R"({"apiKeyId":"k-1","name":"new"})";

TEST(UpdateApiKey, IsLookedAtWhenTheAnswerDoesNotShowIt) {
  FakeClient lagging{
      {answer(200, R"({"name":"old"})"), listed(R"("name":"old")"), listed(R"("name":"new")")}};
  const auto key = rename(lagging);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->name, "new");
  EXPECT_EQ(lagging.asked(), (Asked{change, list, list}));
  EXPECT_EQ(lagging.time().sleeps(), (std::vector{milliseconds{1'000}, milliseconds{2'000}}));
}

TEST(UpdateApiKey, IsNotDoneWhenAnotherChangeIsThere) {
  for (const char* members : {R"("name":"old")", R"("name":"new","tpm":"5")"}) {
    FakeClient client{{answer(200, R"({"name":"old"})"), listed(members)}};
    const auto changed = rename(client);
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().outcome, Outcome::unknown);
    EXPECT_EQ(changed.error().reason, Reason::not_as_asked);
    EXPECT_EQ(client.asked(), (Asked{change, list, list, list}));
  }
}

TEST(UpdateApiKey, IsTakenAsAnsweredWhenNobodyMayLook) {
  FakeClient client{{answer(200, R"({"name":"old"})"), answer(403)}};
  EXPECT_TRUE(rename(client));
  EXPECT_EQ(client.asked(), (Asked{change, list}));
}

TEST(UpdateApiKey, IsAskedForInNormalForm) {
  FakeClient client{{answer(200, R"({"name":"n","aclStrings":["b","a"],"qps":0,"tpm":null,
                                     "expireTime":"2030-01-01T00:00:00.740000Z"})")}};
  EXPECT_TRUE(client->send(management::UpdateApiKey::of(
      "k-1",
      {.name = "n",
       .disabled = false,
       .expire_time = management::Timestamp{std::chrono::sys_days{std::chrono::year{2030} / 1 / 1}},
       .acls = std::vector<management::Acl>{{"a"}, {"b"}}},
      {"qps", "tpm"})));
  EXPECT_EQ(client.asked(), Asked{change});
}

TEST(UpdateApiKey, NeedsNoLookWhenTheAnswerIsClear) {
  FakeClient client{{answer(400)}};
  EXPECT_FALSE(rename(client));
  EXPECT_EQ(client.asked(), Asked{change});
}

TEST(RotateApiKey, IsNeverSentAgainOnceItMayHaveArrived) {
  for (const Result<HttpResponse>& open :
       std::vector<Result<HttpResponse>>{no_answer(), answer(429), answer(503), answer(200, "")}) {
    FakeClient client{{open}};
    EXPECT_FALSE(client->send(management::RotateApiKey{.api_key_id = "k-1"}));
    EXPECT_EQ(client.asked(), Asked{"POST /auth/api-keys/k-1/rotate"});
  }
}

TEST(RotateApiKey, IsSentAgainWhenItNeverLeft) {
  FakeClient client{{not_sent(), answer(200, R"({"apiKey":"xai-new"})")}};
  const auto key = client->send(management::RotateApiKey{.api_key_id = "k-1"});
  ASSERT_TRUE(key);
  EXPECT_EQ(key->api_key->reveal(), "xai-new");
}

}  // namespace
}  // namespace xai::client
