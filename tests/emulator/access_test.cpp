#include <fstream>
#include <iterator>

#include "emulator/emulated.h"
#include "emulator/seed.h"

namespace xai::emulator::test {
namespace {

json::Document contract(const std::string& file) {
  std::ifstream stream{XAI_SOURCE_DIR "/contract/" + file};
  std::string text{std::istreambuf_iterator<char>{stream}, {}};
  return json::Document::parse(text).value();
}

std::string of_team(std::string_view what) {
  return "/auth/teams/" + std::string{team} + "/" + std::string{what};
}

TEST(ListTeamModels, GivesTheDocumentedClustersAndMore) {
  Emulated emulated;
  const Answer models = emulated.get(of_team("models"));
  ASSERT_EQ(models.status(), 200);
  const auto documented = contract("list_team_models.json");
  const auto wanted = documented.root().find("response").find("clusterConfigs").items();
  const auto given = models.body().find("clusterConfigs").items();
  ASSERT_EQ(wanted.size(), 2U);
  ASSERT_EQ(given.size(), 3U);
  EXPECT_EQ(json::to_text(given[0]), json::to_text(wanted[0]));
  EXPECT_EQ(json::to_text(given[1]), json::to_text(wanted[1]));
}

TEST(ListTeamModels, MarksWhatWasInvented) {
  Emulated emulated;
  const Answer models = emulated.get(of_team("models"));
  const json::Value invented = models.body().find("clusterConfigs").items().back();
  for (const char* kind : {"languageModels", "embeddingModels", "imageGenerationModels",
                           "audioModels", "videoGenerationModels"}) {
    ASSERT_EQ(invented.find(kind).items().size(), 1U) << kind;
    EXPECT_EQ(invented.find(kind).items().front().find("version").text(), "invented for trying");
    EXPECT_EQ(invented.find(kind).items().front().find("cluster").text(),
              invented.find("clusterName").text());
  }
}

TEST(ListPossibleEndpointAcls, GivesTheDocumentedList) {
  Emulated emulated;
  const Answer acls = emulated.get(of_team("endpoints"));
  ASSERT_EQ(acls.status(), 200);
  EXPECT_EQ(json::to_text(acls.body()),
            json::to_text(contract("list_possible_endpoint_acls.json").root().find("response")));
}

TEST(ListTeamModels, KeepsMembersThatNobodyKnows) {
  Options given = options();
  given.seed = parse_seed(R"({"teams":[{"models":{"clusterConfigs":[{"clusterName":"moon",
      "languageModels":[{"name":"m","newPrice":"1.50e3"}]}],"future":[1]},
      "endpoints":{"acls":[],"future":true}}]})")
                   .value();
  Emulated emulated{given};
  EXPECT_EQ(emulated.get(of_team("models")).response.body,
            R"({"clusterConfigs":[{"clusterName":"moon","languageModels":[{"name":"m",)"
            R"("newPrice":"1.50e3"}]}],"future":[1]})");
  EXPECT_EQ(emulated.get(of_team("endpoints")).response.body, R"({"acls":[],"future":true})");
}

TEST(ValidateManagementKey, DescribesTheCallersKey) {
  Emulated emulated;
  const Answer answer = emulated.get("/auth/management-keys/validation");
  ASSERT_EQ(answer.status(), 200);
  EXPECT_EQ(answer.text("teamId"), team);
  EXPECT_EQ(answer.text("scope"), "SCOPE_TEAM");
  EXPECT_EQ(answer.text("scopeId"), team);
  EXPECT_EQ(answer.text("redactedApiKey"), "xai-...ests");
  EXPECT_EQ(json::to_text(answer.body().find("acls")), R"(["team-token:endpoint:*"])");
  EXPECT_EQ(answer.response.body.find(key), std::string::npos);
}

TEST(ValidateManagementKey, OfAnOrganizationNamesNoTeamButReachesAll) {
  Options given = options();
  given.team_id.clear();
  given.seed = parse_seed(R"({"teams":[{"teamId":"11111111-2222-4333-8444-555555555555"},
      {"teamId":"99999999-2222-4333-8444-555555555555"}],
      "managementKeys":[{"apiKey":"xai-token-for-tests","scope":"SCOPE_ORGANIZATION",
                         "acls":["*"]}]})")
                   .value();
  Emulated emulated{given};
  const Answer answer = emulated.get("/auth/management-keys/validation");
  EXPECT_EQ(answer.text("scope"), "SCOPE_ORGANIZATION");
  EXPECT_FALSE(answer.text("scopeId").empty());
  EXPECT_EQ(answer.response.body.find("teamId"), std::string::npos);
  emulated.post("/_emulator/state", R"({"nulls":true})");
  const Answer with_nulls = emulated.get("/auth/management-keys/validation");
  EXPECT_NE(with_nulls.response.body.find(R"("teamId":null)"), std::string::npos);
  for (const std::string_view id : {team, other_team})
    EXPECT_EQ(emulated.post(Emulated::keys(id), R"({"name":"x"})").text("teamId"), id);
  EXPECT_EQ(emulated.emulator->team_id(), team);
}

}  // namespace
}  // namespace xai::emulator::test
