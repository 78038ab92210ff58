#include "emulator/emulated.h"
#include "emulator/seed.h"

namespace xai::emulator::test {
namespace {

std::string at_cluster(std::string_view region) {
  return "/_emulator/clusters/" + std::string{region} + "/v1/api-key";
}

TEST(InferenceApiKeyInfo, DescribesTheKeyInSnakeCase) {
  Emulated emulated;
  const Answer created = emulated.create("ci", R"(,"acls":["api-key:model:*"])");
  const Answer info = emulated.get("/v1/api-key", created.text("apiKey"));
  ASSERT_EQ(info.status(), 200);
  EXPECT_EQ(info.text("api_key_id"), created.text("apiKeyId"));
  EXPECT_EQ(info.text("redacted_api_key"), created.text("redactedApiKey"));
  EXPECT_EQ(info.text("user_id"), created.text("userId"));
  EXPECT_EQ(info.text("modified_by"), created.text("userId"));
  EXPECT_EQ(info.text("name"), "ci");
  EXPECT_EQ(info.text("team_id"), team);
  EXPECT_EQ(info.text("create_time"), "2027-01-31T12:00:00Z");
  EXPECT_EQ(json::to_text(info.body().find("acls")), R"(["api-key:model:*"])");
  for (const char* flag : {"team_blocked", "api_key_blocked", "api_key_disabled"})
    EXPECT_EQ(json::to_text(info.body().find(flag)), "false") << flag;
  EXPECT_EQ(info.response.body.find(created.text("apiKey")), std::string::npos);
}

TEST(InferenceApiKeyInfo, KnowsTheKeyClusterByCluster) {
  Options slow = options();
  slow.propagation = 30s;
  Emulated emulated{slow};
  const std::string secret = emulated.create("new").text("apiKey");
  const auto statuses = [&] {
    std::string result;
    for (const char* region : {"us-east-1", "eu-west-1", "cloud9", "auto", "api"})
      result += std::to_string(emulated.get(at_cluster(region), secret).status()) + " ";
    return result + std::to_string(emulated.get("/v1/api-key", secret).status());
  };
  EXPECT_EQ(statuses(), "400 400 400 400 400 400");
  emulated.advance("10s");
  EXPECT_EQ(statuses(), "200 400 400 400 400 400");
  emulated.advance("20s");
  EXPECT_EQ(statuses(), "200 200 200 200 200 200");
}

TEST(InferenceApiKeyInfo, RefusesInTheFormOfThatHost) {
  Emulated emulated;
  const Answer unknown = emulated.get("/v1/api-key", "xai-nobody");
  EXPECT_EQ(unknown.status(), 400);
  EXPECT_EQ(
      unknown.response.body,
      R"({"code":"Client specified an invalid argument","error":"Incorrect API key provided: )"
      R"(xa***dy. You can obtain an API key from https://console.x.ai."})");
  EXPECT_EQ(emulated.get("/v1/api-key", key).status(), 400);
  EXPECT_EQ(emulated.get("/v1/api-key", "").status(), 401);
  EXPECT_EQ(emulated.get(at_cluster("mars"), "xai-nobody").status(), 404);
}

TEST(InferenceApiKeyInfo, RefusesExpiredAndDeletedKeys) {
  Emulated emulated;
  const Answer short_lived = emulated.create("x", R"(,"expireTime":"2027-02-01T00:00:00Z")");
  const Answer deleted = emulated.create("y");
  emulated.remove(deleted.text("apiKeyId"));
  EXPECT_EQ(emulated.get("/v1/api-key", short_lived.text("apiKey")).status(), 200);
  EXPECT_EQ(emulated.get("/v1/api-key", deleted.text("apiKey")).status(), 400);
  emulated.advance("12h");
  EXPECT_EQ(emulated.get("/v1/api-key", short_lived.text("apiKey")).text("error"),
            "The API key provided has expired.");
}

TEST(InferenceApiKeyInfo, AnswersBlockedAndDisabledKeysWithFlags) {
  Options given = options();
  given.seed = parse_seed(R"({"apiKeys":[
      {"apiKey":"xai-blocked-by-the-service","name":"b","blocked":true},
      {"apiKey":"xai-disabled-by-a-user","name":"d","disabled":true,"modifiedBy":"somebody"}]})")
                   .value();
  Emulated emulated{given};
  const Answer blocked = emulated.get("/v1/api-key", "xai-blocked-by-the-service");
  EXPECT_EQ(blocked.status(), 200);
  EXPECT_TRUE(blocked.body().find("api_key_blocked").boolean());
  EXPECT_FALSE(blocked.body().find("team_blocked").boolean());
  emulated.post("/_emulator/state", R"({"teamBlocked":true})");
  const Answer disabled = emulated.get("/v1/api-key", "xai-disabled-by-a-user");
  EXPECT_EQ(disabled.status(), 200);
  EXPECT_TRUE(disabled.body().find("api_key_disabled").boolean());
  EXPECT_TRUE(disabled.body().find("team_blocked").boolean());
  EXPECT_EQ(disabled.text("modified_by"), "somebody");
}

}  // namespace
}  // namespace xai::emulator::test
