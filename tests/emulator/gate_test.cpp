#include "emulator/emulated.h"

// Who is let in, and in which order a request is looked at.
namespace xai::emulator::test {
namespace {

constexpr std::string_view bad_key =
    "Invalid bearer token. Please ensure you use a valid management key.";

Options with_rights(std::vector<std::string> acls) {
  Options given = options();
  Seed seed;
  seed.teams.push_back({.team_id = std::string{team}});
  seed.teams.push_back({.team_id = std::string{other_team}});
  seed.management_keys.push_back({.secret = Secret{std::string{key}},
                                  .key = {.team_id = std::string{team}, .acls = std::move(acls)}});
  given.seed = seed;
  return given;
}

TEST(Gate, RefusesKeysThatAreNotItsOwn) {
  Emulated emulated;
  const std::string minted = emulated.create("x").text("apiKey");
  const std::string nearly = std::string{key} + "x";
  for (const std::string& wrong : {std::string{}, std::string{"nonsense"}, minted, nearly}) {
    const Answer refused = emulated.get(Emulated::keys(), wrong);
    EXPECT_TRUE(refuses(refused, 401, "16", bad_key));
    EXPECT_EQ(refused.response.header("www-authenticate"), bad_key);
  }
}

TEST(Gate, LooksAtTheKeyThenTheCreditThenTheFields) {
  Emulated emulated;
  const std::string nonsense = "/auth/teams/default/api-keys";
  EXPECT_TRUE(refuses(emulated.post(nonsense, "{}", "wrong"), 401, "16", bad_key));
  emulated.post("/_emulator/state", R"({"outOfCredit":true})");
  EXPECT_TRUE(refuses(emulated.post(nonsense, "{}", "wrong"), 401, "16", bad_key));
  const Answer out = emulated.post(nonsense, "{}");
  EXPECT_EQ(out.status(), 429);
  EXPECT_EQ(out.text("code"), "8");
  EXPECT_TRUE(out.text("message").starts_with(
      "Your team " + std::string{team} +
      " has either used all available credits or reached its monthly spending limit. "));
  EXPECT_EQ(out.response.header("retry-after"), "");
  EXPECT_EQ(emulated.create("x").status(), 429);
  EXPECT_EQ(emulated.get("/auth/management-keys/validation").status(), 200);
  emulated.post("/_emulator/state", R"({"outOfCredit":false})");
  EXPECT_TRUE(refuses(emulated.post(nonsense, "{}"), 400, "3", "Invalid uuid"));
}

TEST(Gate, WantsTheTeamOfTheKey) {
  Emulated emulated{with_rights({"*"})};
  EXPECT_TRUE(refuses(emulated.get("/auth/teams/default/models"), 400, "3", "Invalid uuid"));
  EXPECT_TRUE(refuses(emulated.get("/auth/teams/" + std::string{other_team} + "/endpoints"), 404,
                      "5", "Cannot find team"));
  EXPECT_TRUE(refuses(emulated.get("/auth/teams/00000000-0000-4000-8000-000000000000/models"), 404,
                      "5", "Cannot find team"));
}

TEST(Gate, HidesKeysOfOtherTeams) {
  Options given = with_rights({"*"});
  const std::string id = "aaaaaaaa-0000-4000-8000-000000000001";
  given.seed->api_keys.push_back(
      {{.key = {.name = "foreign", .team_id = std::string{other_team}, .api_key_id = id}}});
  Emulated emulated{given};
  EXPECT_TRUE(refuses(emulated.remove(id), 404, "5", "Cannot find API key"));
  EXPECT_EQ(emulated.get("/auth/api-keys/" + id + "/propagation").status(), 404);
  EXPECT_EQ(emulated.commits(), 0U);
}

TEST(Gate, ChecksTheRightOfTheKey) {
  Emulated emulated{with_rights({"team-token:endpoint:ListApiKeys"})};
  EXPECT_EQ(emulated.get(Emulated::keys()).status(), 200);
  EXPECT_EQ(emulated.get("/auth/management-keys/validation").status(), 200);
  EXPECT_TRUE(refuses(emulated.create("x"), 403, "7",
                      "The management key lacks the right team-token:endpoint:CreateApiKey."));
  for (const char* target : {"/models", "/endpoints"})
    EXPECT_EQ(emulated.get("/auth/teams/" + std::string{team} + target).status(), 403);
  EXPECT_EQ(emulated.remove("x").status(), 403);
  EXPECT_EQ(emulated.commits(), 0U);
}

TEST(Gate, AllRightsComeInTwoForms) {
  for (const char* all : {"*", "team-token:endpoint:*"}) {
    Emulated emulated{with_rights({all})};
    EXPECT_EQ(emulated.create("x").status(), 200) << all;
  }
}

TEST(Gate, RightsCanBeLeftUnchecked) {
  Options given = with_rights({});
  EXPECT_EQ(Emulated{given}.create("x").status(), 403);
  given.check_acls = false;
  EXPECT_EQ(Emulated{given}.create("x").status(), 200);
}

TEST(Gate, RefusesForeignHostsAndAnyOrigin) {
  Emulated emulated;
  const auto with = [&](const char* name, const char* value, const char* target) {
    return emulated.call(Method::get, target, "", key, {{name, value}}).status();
  };
  for (const char* target : {"/auth/management-keys/validation", "/_emulator/ledger", "/nowhere"}) {
    for (const char* host : {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80",
                             "127.0.0.2", "", "[::2]", "127.0.0.1:80.evil", "127.0.0.1@evil"})
      EXPECT_EQ(with("Host", host, target), 421) << host;
    EXPECT_EQ(with("Origin", "http://127.0.0.1:8080", target), 403);
    EXPECT_EQ(with("oRiGiN", "null", target), 403);
  }
  for (const char* host : {"127.0.0.1", "127.0.0.1:8080", "localhost:1", "LocalHost", "[::1]:80"})
    EXPECT_EQ(with("host", host, "/auth/management-keys/validation"), 200) << host;
}

TEST(Gate, RefusedStrangersLeaveNoTrace) {
  Emulated emulated;
  emulated.call(Method::post, "/_emulator/state", R"({"outOfCredit":true})", key,
                {{"Host", "evil.example"}});
  emulated.call(Method::post, Emulated::keys(), R"({"name":"x"})", key, {{"Origin", "https://a"}});
  EXPECT_EQ(emulated.commits(), 0U);
  EXPECT_EQ(emulated.create("fine").status(), 200);
}

}  // namespace
}  // namespace xai::emulator::test
