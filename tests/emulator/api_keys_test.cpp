#include "emulator/emulated.h"

namespace xai::emulator::test {
namespace {

using Names = std::vector<std::string>;

TEST(CreateApiKey, AnswersTheSecretOnceAndWhatWasAsked) {
  Emulated emulated;
  const Answer created = emulated.create(
      "ci", R"(,"acls":["api-key:model:*","api-key:endpoint:chat"],"qps":5,"qpm":100,)"
            R"("tpm":"7000","expireTime":"2027-06-01T00:00:00Z")");
  ASSERT_EQ(created.status(), 200);
  const std::string secret = created.text("apiKey");
  EXPECT_TRUE(secret.starts_with("xai-"));
  EXPECT_EQ(secret.size(), 84U);
  EXPECT_EQ(
      secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 4),
      std::string::npos);
  EXPECT_EQ(created.text("redactedApiKey"), "xai-..." + secret.substr(80));
  EXPECT_EQ(created.text("name"), "ci");
  EXPECT_EQ(created.text("teamId"), team);
  EXPECT_EQ(created.text("createTime"), "2027-01-31T12:00:00Z");
  EXPECT_EQ(created.text("expireTime"), "2027-06-01T00:00:00Z");
  EXPECT_EQ(json::to_text(created.body().find("disabled")), "false");
  EXPECT_EQ(json::to_text(created.body().find("qps")), "5");
  EXPECT_EQ(json::to_text(created.body().find("qpm")), "100");
  EXPECT_EQ(json::to_text(created.body().find("tpm")), "\"7000\"");
  EXPECT_EQ(json::to_text(created.body().find("aclStrings")),
            R"(["api-key:model:*","api-key:endpoint:chat"])");

  const Answer listed = emulated.get(Emulated::keys());
  ASSERT_EQ(listed.body().find("apiKeys").items().size(), 1U);
  EXPECT_TRUE(listed.body().find("apiKeys").items().front().find("apiKey").is_null());
  EXPECT_EQ(listed.response.body.find(secret), std::string::npos);
}

TEST(CreateApiKey, LeavesOutWhatIsNotSet) {
  Emulated emulated;
  const Answer created = emulated.create("plain");
  ASSERT_EQ(created.status(), 200);
  for (const char* name : {"expireTime", "qps", "qpm", "tpm"})
    EXPECT_EQ(created.response.body.find("\"" + std::string{name} + "\""), std::string::npos);
  EXPECT_EQ(json::to_text(created.body().find("aclStrings")), "[]");
}

TEST(CreateApiKey, TakesRequestsOfRealClients) {
  Emulated emulated;
  EXPECT_EQ(emulated.create("null acls", R"(,"acls":null)").status(), 200);
  EXPECT_EQ(emulated.create("null limits", R"(,"qps":null,"tpm":null,"expireTime":null)").status(),
            200);
  EXPECT_EQ(emulated.create("snake", R"(,"expire_time":"2027-06-01T00:00:00Z")").text("expireTime"),
            "2027-06-01T00:00:00Z");
  EXPECT_EQ(emulated.create("unknown members", R"(,"color":"red")").status(), 200);
  EXPECT_EQ(emulated
                .call(Method::post, Emulated::keys(), R"({"name":"with header"})", key,
                      {{"X-Team-ID", std::string{team}}})
                .status(),
            200);
}

TEST(CreateApiKey, RefusesBadFieldsAndChangesNothing) {
  Emulated emulated;
  const std::string empty = "name: Value must not be empty. [WKE=form-invalid:not-empty:name]\n";
  EXPECT_TRUE(refuses(emulated.create(""), 400, "3", empty));
  EXPECT_TRUE(refuses(emulated.post(Emulated::keys(), ""), 400, "3", empty));
  EXPECT_TRUE(refuses(emulated.create("x", R"(,"qps":-1)"), 400, "3", "qps must not be negative"));
  EXPECT_TRUE(
      refuses(emulated.create("x", R"(,"tpm":"-1")"), 400, "3", "tpm must not be negative"));
  for (const char* body : {R"({"name":"x","qps":3000000000})", R"({"name":"x","tpm":"many"})",
                           R"({"name":"x","expireTime":"tomorrow"})", R"({"name":["x"]})", "[]",
                           "{\"name\":", "nonsense", R"({"name":"x","acls":"api-key:model:*"})"}) {
    const Answer refused = emulated.post(Emulated::keys(), body);
    EXPECT_EQ(refused.status(), 400) << body;
    EXPECT_EQ(refused.text("code"), "3") << body;
  }
  EXPECT_EQ(emulated.commits(), 0U);
}

TEST(ListApiKeys, IsNewestFirstAlsoWithinOneInstant) {
  Emulated emulated;
  emulated.create("first");
  emulated.create("second");
  emulated.advance("1s");
  emulated.create("third");
  const Answer all = emulated.get(Emulated::keys());
  EXPECT_EQ(names(all), (Names{"third", "second", "first"}));
  EXPECT_EQ(all.response.body.find("paginationToken"), std::string::npos);
}

TEST(ListApiKeys, CutsPagesAndEndsWithoutToken) {
  Emulated emulated;
  for (const char* name : {"a", "b", "c", "d"}) emulated.create(name);
  const Answer first = emulated.get(Emulated::keys() + "?pageSize=2&paginationToken=");
  EXPECT_EQ(names(first), (Names{"d", "c"}));
  const std::string token = first.text("paginationToken");
  ASSERT_FALSE(token.empty());
  const Answer second = emulated.get(Emulated::keys() + "?page_size=2&pagination_token=" + token);
  EXPECT_EQ(names(second), (Names{"b", "a"}));
  EXPECT_EQ(second.response.body.find("paginationToken"), std::string::npos);
}

TEST(ListApiKeys, RefusesBadParameters) {
  Emulated emulated;
  for (const char* query :
       {"?paginationToken=nonsense", "?paginationToken=1", "?paginationToken=1.",
        "?paginationToken=1.2x", "?pageSize=-1", "?pageSize=ten"}) {
    const Answer refused = emulated.get(Emulated::keys() + query);
    EXPECT_EQ(refused.status(), 400) << query;
    EXPECT_EQ(refused.text("code"), "3") << query;
  }
  EXPECT_EQ(emulated.get(Emulated::keys() + "?color=red").status(), 200);
}

TEST(ListApiKeys, FiltersByAllGivenAcls) {
  Emulated emulated;
  emulated.create("model", R"(,"acls":["api-key:model:*"])");
  emulated.create("both", R"(,"acls":["api-key:endpoint:chat","api-key:model:*"])");
  const std::string one = "?aclFilters=api-key%3Amodel%3A%2A";
  EXPECT_EQ(names(emulated.get(Emulated::keys() + one)), (Names{"both", "model"}));
  EXPECT_EQ(names(emulated.get(Emulated::keys() + one + "&aclFilters=api-key:endpoint:chat")),
            (Names{"both"}));
  EXPECT_EQ(names(emulated.get(Emulated::keys() + "?aclFilters=api-key:endpoint:image")), Names{});
}

TEST(ListApiKeys, ShowsExpiredKeysUnlessOnlyActiveOnesAreWanted) {
  Emulated emulated;
  emulated.create("short", R"(,"expireTime":"2027-02-01T00:00:00Z")");
  emulated.create("long");
  EXPECT_EQ(names(emulated.get(Emulated::keys() + "?activeOnly=true")), (Names{"long", "short"}));
  emulated.advance("1d");
  EXPECT_EQ(names(emulated.get(Emulated::keys() + "?activeOnly=true")), (Names{"long"}));
  EXPECT_EQ(names(emulated.get(Emulated::keys())), (Names{"long", "short"}));
}

TEST(DeleteApiKey, IsForGood) {
  Emulated emulated;
  const std::string id = emulated.create("gone").text("apiKeyId");
  const Answer deleted = emulated.remove(id);
  EXPECT_EQ(deleted.status(), 200);
  EXPECT_EQ(deleted.response.body, "{}");
  EXPECT_TRUE(refuses(emulated.remove(id), 404, "5", "Cannot find API key"));
  EXPECT_TRUE(refuses(emulated.remove("no-uuid"), 404, "5", "Cannot find API key"));
  EXPECT_EQ(names(emulated.get(Emulated::keys())), Names{});
  EXPECT_EQ(emulated.commits(), 2U);
}

TEST(CheckApiKeyPropagation, BecomesTrueClusterByCluster) {
  Options slow = options();
  slow.propagation = 30s;
  Emulated emulated{slow};
  const std::string id = emulated.create("new").text("apiKeyId");
  const auto clusters = [&] {
    const Answer answer = emulated.get("/auth/api-keys/" + id + "/propagation");
    EXPECT_EQ(answer.status(), 200);
    return json::to_text(answer.body().find("icPropagation"));
  };
  EXPECT_EQ(clusters(),
            R"({"cloud9.api.x.ai":false,"eu-west-1.api.x.ai":false,"us-east-1.api.x.ai":false})");
  emulated.advance("10s");
  EXPECT_EQ(clusters(),
            R"({"cloud9.api.x.ai":false,"eu-west-1.api.x.ai":false,"us-east-1.api.x.ai":true})");
  emulated.advance("10s");
  EXPECT_EQ(clusters(),
            R"({"cloud9.api.x.ai":false,"eu-west-1.api.x.ai":true,"us-east-1.api.x.ai":true})");
  emulated.advance("10s");
  EXPECT_EQ(clusters(),
            R"({"cloud9.api.x.ai":true,"eu-west-1.api.x.ai":true,"us-east-1.api.x.ai":true})");
  EXPECT_TRUE(refuses(emulated.get("/auth/api-keys/" + std::string{team} + "/propagation"), 404,
                      "5", "Cannot find API key"));
}

TEST(CheckApiKeyPropagation, NeedsNoTimeWhenTheSpanIsZero) {
  Emulated emulated;
  const std::string id = emulated.create("new").text("apiKeyId");
  EXPECT_EQ(emulated.get("/auth/api-keys/" + id + "/propagation").response.body.find("false"),
            std::string::npos);
}

bool has(const Answer& answer, std::string_view text) {
  return answer.response.body.find(text) != std::string::npos;
}

TEST(Nulls, StandForUnsetMessagesWhenAsked) {
  Emulated emulated;
  const std::string validation = "/auth/management-keys/validation";
  EXPECT_FALSE(has(emulated.create("x"), "null"));
  EXPECT_FALSE(has(emulated.get(validation), "null"));
  ASSERT_EQ(emulated.post("/_emulator/state", R"({"nulls":true})").status(), 200);
  for (const Answer& answer : {emulated.create("y"), emulated.get(Emulated::keys())}) {
    EXPECT_TRUE(has(answer, R"("expireTime":null)")) << answer.response.body;
    EXPECT_FALSE(has(answer, R"("qps":)")) << answer.response.body;
    EXPECT_FALSE(has(answer, R"("paginationToken")")) << answer.response.body;
  }
  EXPECT_TRUE(has(emulated.get(validation), R"("ipRanges":null)"));
}

TEST(Nulls, LeaveAllElseAsItIs) {
  Emulated emulated;
  emulated.post("/_emulator/state", R"({"nulls":true})");
  const Answer full =
      emulated.create("z", R"(,"expireTime":"2028-01-01T00:00:00Z","qps":5,"tpm":"7")");
  EXPECT_EQ(full.text("expireTime"), "2028-01-01T00:00:00Z");
  EXPECT_EQ(json::to_text(full.body().find("qps")), "5");
  EXPECT_EQ(json::to_text(full.body().find("tpm")), R"("7")");
  EXPECT_FALSE(has(full, "null"));
  emulated.create("unset");
  ASSERT_EQ(emulated.post("/_emulator/state", R"({"nulls":false})").status(), 200);
  EXPECT_FALSE(has(emulated.get(Emulated::keys()), "null"));
}

}  // namespace
}  // namespace xai::emulator::test
