#include <array>

#include "emulator/emulated.h"
#include "emulator/seed.h"

// Teams that cannot pay: what both hosts say to them, and in which form.
namespace xai::emulator::test {
namespace {

constexpr std::string_view poor_key = "xai-of-a-team-that-cannot-pay";

/// A state of credit, and what the service says of it.
struct CreditState {
  const char* value;
  std::string sentence;
  const char* inference_code;
};

std::vector<CreditState> credit_states() {
  const std::string id{team};
  return {
      {"true",
       "Your team " + id +
           " has either used all available credits or reached its monthly spending limit. To "
           "continue making API requests, please purchase more credits or raise your spending "
           "limit.",
       "permission-denied"},
      {R"("used")",
       "Your team " + id +
           " has either used all available credits or reached its monthly spending limit. To "
           "continue making API requests, please purchase more credits or raise your spending "
           "limit.",
       "permission-denied"},
      {R"("new")",
       "Your newly created team doesn't have any credits or licenses yet. You can purchase those "
       "on https://console.x.ai/team/" +
           id + ".",
       "permission-denied"},
      {R"("subscription")",
       "You have run out of credits or need a Grok subscription. Add credits at "
       "https://grok.com/?_s=usage or upgrade at https://grok.com/supergrok.",
       "personal-team-blocked:spending-limit"},
  };
}

Options poor_team(const std::string& team_members) {
  Options given = options();
  given.seed = parse_seed(R"({"teams":[{"teamId":")" + std::string{team} + "\"" + team_members +
                          R"(}],"apiKeys":[{"name":"poor","apiKey":")" + std::string{poor_key} +
                          R"(","aclStrings":["*"]}]})")
                   .value();
  return given;
}

void expect_out_of_credit(Emulated& emulated, const CreditState& state, int status) {
  const Answer managed = emulated.create("x");
  EXPECT_TRUE(
      refuses(managed, status == 403 ? 403 : 429, status == 403 ? "7" : "8", state.sentence));
  EXPECT_EQ(managed.response.header("retry-after"), "");
  EXPECT_EQ(emulated.commits(), 0U);
  for (const char* path : {"/v1/api-key", "/_emulator/clusters/us-east-1/v1/api-key",
                           "/_emulator/clusters/us-east-1/v1/chat/completions"}) {
    const Answer refused = emulated.get(path, poor_key);
    EXPECT_EQ(refused.status(), status == 429 ? 429 : 403) << path;
    EXPECT_EQ(refused.text("error"), state.sentence) << path;
    EXPECT_EQ(refused.text("code"),
              status == 429 ? "Some resource has been exhausted" : state.inference_code)
        << path;
  }
  EXPECT_EQ(emulated.get("/auth/management-keys/validation").status(), 200);
}

TEST(Credit, IsRefusedByItsWordsOnBothHosts) {
  for (const CreditState& state : credit_states())
    for (const int status : {0, 403, 429}) {
      SCOPED_TRACE(std::string{state.value} + " with " + std::to_string(status));
      const std::string members = R"("outOfCredit":)" + std::string{state.value} +
                                  R"(,"creditStatus":)" + std::to_string(status);
      Emulated by_seed{poor_team("," + members)};
      expect_out_of_credit(by_seed, state, status);
      Emulated by_control{poor_team("")};
      EXPECT_EQ(by_control.get("/v1/api-key", poor_key).status(), 200);
      ASSERT_EQ(by_control.post("/_emulator/state", "{" + members + "}").status(), 200);
      expect_out_of_credit(by_control, state, status);
      by_control.post("/_emulator/state", R"({"outOfCredit":false})");
      EXPECT_EQ(by_control.get("/v1/api-key", poor_key).status(), 200);
      EXPECT_EQ(by_control.create("x").status(), 200);
    }
}

TEST(Credit, IsLookedAtAfterTheKey) {
  Emulated emulated{poor_team(R"(,"outOfCredit":"new")")};
  EXPECT_EQ(emulated.get(Emulated::keys(), "wrong").status(), 401);
  EXPECT_EQ(emulated.get("/v1/api-key", "xai-nobody").status(), 400);
  EXPECT_EQ(emulated.post(Emulated::keys(), R"({"name":""})").status(), 429);
}

TEST(Credit, OfATeamThatBooksCallEmptyIsUsedUp) {
  Emulated emulated{poor_team(R"(,"enforceCredit":true,"prepaid":[])")};
  expect_out_of_credit(emulated, credit_states().front(), 0);
}

TEST(Credit, StatesAreReadStrictly) {
  Emulated emulated;
  EXPECT_TRUE(refuses(emulated.post("/_emulator/state", R"({"outOfCredit":"gone"})"), 400, "3",
                      "`outOfCredit` should be true, false, used, new or subscription"));
  EXPECT_TRUE(refuses(emulated.post("/_emulator/state", R"({"creditStatus":402})"), 400, "3",
                      "`creditStatus` should be 0 or 403 or 429"));
  EXPECT_TRUE(refuses(emulated.post("/_emulator/state", R"({"unknownKeyStatus":403})"), 400, "3",
                      "`unknownKeyStatus` should be 400 or 401"));
  EXPECT_EQ(parse_seed(R"({"teams":[{"creditStatus":500}]})").error().message,
            "teams[0]: `creditStatus` should be 0 or 403 or 429");
}

TEST(UnknownKey, IsNamedByItsEndsWith400Or401) {
  Emulated emulated;
  for (const auto& [secret, hint] :
       std::array<std::pair<std::string, std::string>, 4>{{{"nawhatevers-ys", "na***ys"},
                                                           {"xai-token", "xa***en"},
                                                           {"abcde", "ab***de"},
                                                           {"abcd", "***"}}}) {
    const std::string sentence = "Incorrect API key provided: " + hint +
                                 ". You can obtain an API key from "
                                 "https://console.x.ai.";
    for (const int status : {400, 401}) {
      emulated.post("/_emulator/state", R"({"unknownKeyStatus":)" + std::to_string(status) + "}");
      const Answer refused = emulated.get("/v1/api-key", secret);
      EXPECT_EQ(refused.status(), status);
      EXPECT_EQ(refused.text("error"), sentence);
    }
  }
}

}  // namespace
}  // namespace xai::emulator::test
