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

TEST(Seed, OfKeysWithoutTheirTeamIsRefused) {
  Options given = options();
  given.seed = parse_seed(R"({"apiKeys":[{"name":"x",
      "teamId":"99999999-2222-4333-8444-555555555555"}]})")
                   .value();
  const auto opened = Emulator::open(given);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message,
            "apiKeys: no team has the id 99999999-2222-4333-8444-555555555555");
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
