#include "emulator/seed.h"

#include "emulator/emulated.h"
#include "emulator/identifiers.h"

namespace xai::emulator::test {
namespace {

std::string complaint(std::string text) {
  const auto seed = parse_seed(std::move(text));
  return seed ? "" : seed.error().message;
}

TEST(Seed, TheDefaultOneIsGood) {
  const Seed seed = default_seed();
  ASSERT_EQ(seed.teams.size(), 1U);
  EXPECT_EQ(cluster_names(seed.teams.front().models),
            (std::vector<std::string>{"us-east-1", "eu-west-1", "cloud9"}));
}

TEST(Seed, IsReadStrictly) {
  EXPECT_EQ(complaint("{"), "JSON that breaks off after 1 bytes");
  EXPECT_EQ(complaint("[]"), "expected an object");
  EXPECT_EQ(complaint(R"({"team":[]})"), "unknown member `team`; did you mean `teams`?");
  EXPECT_EQ(complaint(R"({"teams":{}})"), "`teams` should be an array");
  EXPECT_EQ(complaint(R"({"teams":[{"teamId":"default"}]})"),
            "teams[0]: `teamId` should be a UUID");
  EXPECT_EQ(complaint(R"({"apiKeys":[{"name":"a"},{"nam":"x"}]})"),
            "apiKeys[1]: unknown member `nam`; did you mean `name`?");
  EXPECT_EQ(complaint(R"({"apiKeys":[{}]})"), "apiKeys[0]: `name` should not be empty");
  EXPECT_NE(complaint(R"({"teams":[{"models":{"clusterConfigs":7}}]})"), "");
  EXPECT_NE(complaint(R"({"managementKeys":[{"acls":"*"}]})"), "");
  EXPECT_EQ(complaint("{}"), "");
}

TEST(Seed, PlantsWhatItSays) {
  Options given = options();
  given.seed = parse_seed(R"({"teams":[{"teamId":"11111111-2222-4333-8444-555555555555",
        "outOfCredit":true}],
      "managementKeys":[{"apiKey":"xai-token-for-tests","name":"console key","acls":["*"]}],
      "apiKeys":[{"apiKey":"xai-planted-secret-1","name":"old","createTime":"2020-01-01T00:00:00Z",
                  "qps":3,"aclStrings":["api-key:model:*"]},{"name":"new"}]})")
                   .value();
  Emulated emulated{given};
  EXPECT_EQ(emulated.get("/auth/management-keys/validation").text("name"), "console key");
  EXPECT_EQ(emulated.get(Emulated::keys()).status(), 429);
  emulated.post("/_emulator/state", R"({"outOfCredit":false})");
  const Answer listed = emulated.get(Emulated::keys());
  ASSERT_EQ(names(listed), (std::vector<std::string>{"new", "old"}));
  const json::Value old = listed.body().find("apiKeys").items()[1];
  EXPECT_EQ(old.find("createTime").text(), "2020-01-01T00:00:00Z");
  EXPECT_EQ(old.find("redactedApiKey").text(), "xai-...et-1");
  EXPECT_EQ(emulated.get("/v1/api-key", "xai-planted-secret-1").status(), 200);
  EXPECT_EQ(emulated.commits(), 0U);
}

/// What is said when a state begins with it.
std::string refusal(std::string text) {
  Options given = options();
  auto seed = parse_seed(std::move(text));
  if (!seed) return seed.error().message;
  given.seed = *std::move(seed);
  const auto opened = Emulator::open(given);
  if (opened) return "";
  EXPECT_EQ(opened.error().kind, management::ErrorKind::invalid_argument);
  return opened.error().message;
}

TEST(Seed, ThatCannotBeIsRefusedWithItsPlace) {
  const std::string id = R"("apiKeyId":"aaaaaaaa-0000-4000-8000-000000000001")";
  const std::string of_team = R"("teamId":"99999999-2222-4333-8444-555555555555")";
  const std::string fine = R"({"name":"fine"},)";
  const auto api_key = [&](const std::string& members) {
    return R"({"apiKeys":[)" + fine + R"({"name":"x",)" + members + "}]}";
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({"teams":[{},{)" + of_team + "},{" + of_team + "}]}",
       "teams[2]: `teamId` is that of teams[1] too"},
      {R"({"managementKeys":[{"apiKey":"a"},{},{"apiKey":"a"}]})",
       "managementKeys[2]: `apiKey` is that of managementKeys[0] too"},
      {R"({"managementKeys":[{)" + id + "},{" + id + "}]}",
       "managementKeys[1]: `apiKeyId` is that of managementKeys[0] too"},
      {R"({"managementKeys":[{},{"apiKey":"a b\n"}]})",
       "managementKeys[1]: `apiKey` should be visible ASCII letters without spaces"},
      {R"({"managementKeys":[{)" + of_team + "}]}",
       "managementKeys[0]: no team has the id 99999999-2222-4333-8444-555555555555"},
      {R"({"apiKeys":[{"name":"a","apiKey":"s"},{"name":"b"},{"name":"c","apiKey":"s"}]})",
       "apiKeys[2]: `apiKey` is that of apiKeys[0] too"},
      {R"({"apiKeys":[{"name":"a",)" + id + R"(},{"name":"b",)" + id + "}]}",
       "apiKeys[1]: `apiKeyId` is that of apiKeys[0] too"},
      {api_key(of_team), "apiKeys[1]: no team has the id 99999999-2222-4333-8444-555555555555"},
      {api_key(R"("apiKeyId":"x")"), "apiKeys[1]: `apiKeyId` should be a UUID"},
      {api_key(R"("apiKey":"\u00e9")"),
       "apiKeys[1]: `apiKey` should be visible ASCII letters without spaces"},
      {api_key(R"("qps":-4)"), "apiKeys[1]: `qps` should not be negative"},
      {api_key(R"("qpm":-1)"), "apiKeys[1]: `qpm` should not be negative"},
      {api_key(R"("tpm":"-1")"), "apiKeys[1]: `tpm` should not be negative"},
      {api_key(R"("createdAgo":"1d","createTime":"2027-01-01T00:00:00Z")"),
       "apiKeys[1]: give either `createTime` or `createdAgo`"},
      {api_key(R"("deletedAgo":"1d","deleteTime":"2027-01-01T00:00:00Z")"),
       "apiKeys[1]: give either `deleteTime` or `deletedAgo`"},
      {api_key(R"("createdAgo":"1d","deletedAgo":"2d")"),
       "apiKeys[1]: `deletedAgo` is before the key was created; give `createdAgo` or `createTime`"},
      {api_key(R"("deletedAgo":"2d")"),
       "apiKeys[1]: `deletedAgo` is before the key was created; give `createdAgo` or `createTime`"},
      {api_key(R"("createdAgo":"2d","deleteTime":"2020-01-01T00:00:00Z")"),
       "apiKeys[1]: `deleteTime` is before the key was created; give `createdAgo` or `createTime`"},
      {api_key(R"("createdAgo":"2d","deleteTime":"2030-01-01T00:00:00Z")"),
       "apiKeys[1]: `deleteTime` is in the future"},
      {api_key(R"("createdAgo":"2d","modifyTime":"2020-01-01T00:00:00Z")"),
       "apiKeys[1]: `modifyTime` is before the key was created"},
      {api_key(R"("createdAgo":"99y")"),
       "apiKeys[1]: `createdAgo` should be a span such as 10s or 1m"},
      {R"({"teams":[{"models":5}]})", "teams[0]: `models` should be an object"},
      {R"({"teams":[{},{"endpoints":"x"}]})", "teams[1]: `endpoints` should be an object"},
      {R"({"teams":[{"models":{"clusterConfigs":7}}]})",
       "teams[0]: models: `clusterConfigs` should be an array"},
      {R"({"teams":[{"billingInfo":5}]})", "teams[0]: `billingInfo` should be an object"},
      {R"({"teams":[{"spendingLimits":5}]})", "teams[0]: `spendingLimits` should be an object"},
      {R"({"teams":[{"spendingLimits":{"softSl":"-1"}}]})",
       "teams[0]: spendingLimits: a limit should not be negative"},
      {R"({"teams":[{"paymentMethods":[{},5]}]})",
       "teams[0]: `paymentMethods[1]` should be an object"},
      {R"({"teams":[{"prepaid":[{"amount":"-1"},5]}]})",
       "teams[0]: `prepaid[1]` should be an object"},
      {R"({"teams":[{"prepaid":[{"amount":"-1"},{"amount":"1"}]}]})",
       "teams[0]: prepaid[1]: `amount` should be cents, and negative, as credit is"},
      {R"({"teams":[{"prepaid":[{"amount":"-1","createTime":"2027-01-01T00:00:00Z",
          "createdAgo":"1d"}]}]})",
       "teams[0]: prepaid[0]: give either `createTime` or `createdAgo`"},
      {R"({"apiKeys":[5]})", "`apiKeys[0]` should be an object"}};
  for (const auto& [seed, words] : cases) EXPECT_EQ(refusal(seed), words) << seed;
}

TEST(Seed, ThatIsUnusualIsTaken) {
  for (const char* members :
       {R"("createdAgo":"1d","deletedAgo":"1d")", R"("qps":0,"qpm":0,"tpm":0)",
        R"("createTime":"1960-01-01T00:00:00Z")", R"("expireTime":"2020-01-01T00:00:00Z")",
        R"("teamId":"11111111-2222-4333-8444-555555555555")",
        R"("apiKeyId":"AAAAAAAA-0000-4000-8000-000000000001")", R"("apiKey":"!~")"})
    EXPECT_EQ(refusal(R"({"apiKeys":[{"name":"x",)" + std::string{members} + "}]}"), "") << members;
}

TEST(Seed, OfKeysWithoutTheirTeamIsRefused) {
  Options given = options();
  given.seed = parse_seed(R"({"apiKeys":[{"name":"x",
      "teamId":"99999999-2222-4333-8444-555555555555"}]})")
                   .value();
  const auto opened = Emulator::open(given);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message,
            "apiKeys[0]: no team has the id 99999999-2222-4333-8444-555555555555");
}

TEST(Seed, TwiceTheSameSecretIsRefused) {
  Options given = options();
  given.seed =
      parse_seed(R"({"apiKeys":[{"name":"x","apiKey":"a"},{"name":"y","apiKey":"a"}]})").value();
  EXPECT_FALSE(Emulator::open(given));
}

TEST(Identifiers, FollowTheRandomSeed) {
  Identifiers one{7, 0};
  Identifiers same{7, 0};
  Identifiers later{7, 1};
  Identifiers other{8, 0};
  const std::string id = one.uuid();
  EXPECT_TRUE(is_uuid(id));
  EXPECT_EQ(id, same.uuid());
  EXPECT_NE(id, later.uuid());
  EXPECT_NE(id, other.uuid());
  EXPECT_NE(id, one.uuid());
  EXPECT_NE((Identifiers{std::nullopt, 0}.uuid()), (Identifiers{std::nullopt, 0}.uuid()));
}

TEST(Identifiers, KnowAUuid) {
  EXPECT_TRUE(is_uuid(team));
  EXPECT_TRUE(is_uuid("ABCDEF00-2222-4333-8444-555555555555"));
  EXPECT_FALSE(is_uuid("default"));
  EXPECT_FALSE(is_uuid("11111111-2222-4333-8444-55555555555"));
  EXPECT_FALSE(is_uuid("11111111-2222-4333-8444-55555555555g"));
  EXPECT_FALSE(is_uuid("11111111x2222-4333-8444-555555555555"));
}

TEST(Identifiers, ShowLittleOfASecret) {
  EXPECT_EQ(redact(Secret{"xai-0123456789abcdef"}), "xai-...cdef");
  EXPECT_EQ(redact(Secret{"short"}), "xai-...");
}

}  // namespace
}  // namespace xai::emulator::test
