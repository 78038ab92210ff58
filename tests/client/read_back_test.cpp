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
  FakeClient client{{not_sent(), answer(429), answer(200)}};
  EXPECT_TRUE(send(client));
  EXPECT_EQ(client.asked(), (Asked{remove, remove, remove}));
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

TEST(UpdateApiKey, IsRepeatedWhenAValueDiffers) {
  for (const char* members : {R"("name":"old")", R"("name":"new","tpm":"5")"}) {
    FakeClient client{{answer(503), listed(members), answer(200, R"({"name":"new"})")}};
    EXPECT_TRUE(rename(client));
    EXPECT_EQ(client.asked(), (Asked{change, list, change}));
  }
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
