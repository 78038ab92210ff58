#include <gtest/gtest.h>

#include <algorithm>

#include "workflows/account_fixture.h"
#include "workflows/key_lookup.h"
#include "xai/management/api_keys.h"
#include "xai/management/grants.h"
#include "xai/management/key_lookup.h"
#include "xai/management/key_state.h"
#include "xai/management/regions.h"

namespace xai::management {
namespace {

using std::chrono::days;
using std::chrono::hours;
using workflows::test::EmulatedAccount;

ApiKey made(EmulatedAccount& account, const std::string& name) {
  auto key = (*account).client.send(
      CreateApiKey{.name = name, .acls = {Acl::every_model(), Acl::every_endpoint()}});
  EXPECT_TRUE(key);
  return key ? *std::move(key) : ApiKey{};
}

TEST(FindKey, TakesAnIdOrAnExactName) {
  EmulatedAccount account;
  const ApiKey first = made(account, "first");
  made(account, "second");
  for (const std::string& text : {first.api_key_id, first.name}) {
    const auto found = find_key(*account, text, account.listening());
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(found->api_key_id, first.api_key_id);
    EXPECT_FALSE(found->api_key);
  }
  EXPECT_EQ(account.events<PageRead>().size(), 2);
  EXPECT_EQ(account.events<PageRead>().front().noun, "key");
}

TEST(FindKey, NamesWhatIsCloseAndWhatIsAmbiguous) {
  EmulatedAccount account;
  const ApiKey one = made(account, "alpha");
  const auto mistyped = find_key(*account, "alhpa");
  ASSERT_FALSE(mistyped);
  EXPECT_EQ(mistyped.error().reason, Reason::key_not_found);
  EXPECT_EQ(mistyped.error().next, "did you mean 'alpha'?");
  const ApiKey other = made(account, "alpha");
  const auto ambiguous = find_key(*account, "alpha");
  ASSERT_FALSE(ambiguous);
  EXPECT_EQ(ambiguous.error().reason, Reason::ambiguous_name);
  EXPECT_NE(ambiguous.error().next.find(one.api_key_id), std::string::npos);
  EXPECT_NE(ambiguous.error().next.find(other.api_key_id), std::string::npos);
}

TEST(FindKey, KeepsMembersThatNobodyKnows) {
  EmulatedAccount account;
  account.reach_through([](const HttpRequest&) -> Result<HttpResponse> {
    return HttpResponse{
        .status = 200,
        .body =
            R"({"apiKeys":[{"name":"a","apiKeyId":"1","apiKey":"xai-secret","colour":"red"}]})"};
  });
  const auto found = workflows::find_key(workflows::Call{*account}, "a");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->json, R"({"name":"a","apiKeyId":"1","colour":"red"})");
}

TEST(KeyState, FollowsTheClockAndTheSwitch) {
  const Timestamp now{days{20'000}};
  EXPECT_EQ(state_of({}, now), KeyState::active);
  EXPECT_EQ(state_of({.disabled = true, .expire_time = now - hours{1}}, now), KeyState::disabled);
  EXPECT_EQ(state_of({.expire_time = now}, now), KeyState::expired);
  EXPECT_EQ(state_of({.expire_time = now + days{30}}, now), KeyState::expiring);
  EXPECT_EQ(state_of({.expire_time = now + days{30} + hours{1}}, now), KeyState::active);
  EXPECT_EQ(name_of(KeyState::expiring), "expiring");
  EXPECT_TRUE(is_unusable(KeyState::expired));
  EXPECT_FALSE(is_unusable(KeyState::expiring));
}

TEST(Grants, ResolvesAliasesAndKeepsEachOnce) {
  EmulatedAccount account;
  const auto checked = check_grants(
      *account, {.models = {"grok-4", "grok-4-0709"}, .endpoints = {"chat"}}, account.listening());
  ASSERT_TRUE(checked);
  EXPECT_EQ(acls_of(*checked),
            (std::vector<Acl>{Acl::model("grok-4-0709"), Acl::endpoint("chat")}));
  const auto resolved = account.events<AliasResolved>();
  ASSERT_EQ(resolved.size(), 1);
  EXPECT_EQ(resolved.front().alias, "grok-4");
  EXPECT_EQ(resolved.front().name, "grok-4-0709");
}

TEST(Grants, RefusesWhatTheTeamDoesNotHave) {
  EmulatedAccount account;
  const auto model = check_grants(*account, {.models = {"grok-44"}});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().reason, Reason::unknown_model);
  EXPECT_EQ(model.error().next.find("did you mean grok-4"), 0);
  const auto endpoint = check_grants(*account, {.endpoints = {"chatt"}});
  ASSERT_FALSE(endpoint);
  EXPECT_EQ(endpoint.error().reason, Reason::unknown_endpoint);
  EXPECT_EQ(endpoint.error().next, "did you mean chat?");
}

TEST(Grants, GoOnWithAWarningWhereTheLookUpIsNotAllowed) {
  EmulatedAccount account;
  account.control("faults", R"({"path":"/auth/teams/*/models","status":403,"times":1})");
  const auto checked = check_grants(*account, {.models = {"anything"}}, account.listening());
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->models, std::vector<std::string>{"anything"});
  const auto warnings = account.events<Warning>();
  ASSERT_EQ(warnings.size(), 1);
  EXPECT_EQ(warnings.front().kind, WarningKind::models_unchecked);
}

TEST(Regions, BeginWithTheUnionOfAllClusters) {
  EmulatedAccount account;
  const auto all = regions(*account);
  ASSERT_TRUE(all);
  ASSERT_GE(all->size(), 3);
  EXPECT_EQ(all->front().name, "auto");
  EXPECT_EQ(all->front().endpoint, "https://api.x.ai");
  for (const Region& region : *all)
    for (const std::string& model : region.models)
      EXPECT_NE(std::ranges::find(all->front().models, model), all->front().models.end()) << model;
}

}  // namespace
}  // namespace xai::management
