#include <gtest/gtest.h>

#include <set>
#include <string>

#include "xai/management.h"

namespace xai::management {
namespace {

TEST(Acl, IsMadeAndReadInOneForm) {
  EXPECT_EQ(Acl::model("grok-4").text, "api-key:model:grok-4");
  EXPECT_EQ(Acl::endpoint("chat").text, "api-key:endpoint:chat");
  EXPECT_EQ(Acl::every_model().text, "api-key:model:*");
  EXPECT_EQ(Acl::every_endpoint().text, "api-key:endpoint:*");
  EXPECT_EQ(Acl::model("grok-4").model_name(), "grok-4");
  EXPECT_EQ(Acl::endpoint("chat").endpoint_name(), "chat");
}

TEST(Acl, HasNoNameOfTheOtherKindOrAnUnknownForm) {
  EXPECT_EQ(Acl::model("grok-4").endpoint_name(), "");
  EXPECT_EQ(Acl::endpoint("chat").model_name(), "");
  EXPECT_EQ(Acl{"something:new"}.model_name(), "");
  EXPECT_EQ(Acl{}.endpoint_name(), "");
}

TEST(ApiKeyPropagation, IsCompleteWhenSomeClusterIsNamedAndAllHaveTheKey) {
  EXPECT_FALSE(ApiKeyPropagation{}.complete());
  EXPECT_TRUE((ApiKeyPropagation{.clusters = {{"a", true}, {"b", true}}}.complete()));
  EXPECT_FALSE((ApiKeyPropagation{.clusters = {{"a", true}, {"b", false}}}.complete()));
}

TEST(Decimal, AddsAndComparesByValue) {
  EXPECT_EQ(sum({"0.1"}, {"0.2"}), Decimal{"0.3"});
  EXPECT_EQ(sum({"1e-9"}, {"-1"}), Decimal{"-0.999999999"});
  EXPECT_EQ(sum({"9223372036854775807.5"}, {"0.5"}), Decimal{"9223372036854775808"});
  EXPECT_FALSE(sum({"1"}, {"one"}));
  EXPECT_EQ(compare({"0.10"}, {"0.1"}), std::strong_ordering::equal);
  EXPECT_EQ(compare({"-2"}, {"-1.5"}), std::strong_ordering::less);
  EXPECT_FALSE(compare({""}, {"0"}));
}

TEST(Version, IsThatOfThePackage) {
  EXPECT_EQ(std::to_string(XAI_MANAGEMENT_VERSION_MAJOR) + "." +
                std::to_string(XAI_MANAGEMENT_VERSION_MINOR) + "." +
                std::to_string(XAI_MANAGEMENT_VERSION_PATCH),
            XAI_VERSION);
}

TEST(ManagementKey, FindsItsTeam) {
  EXPECT_EQ((ManagementKey{.team_id = "t"}.team()), "t");
  EXPECT_EQ((ManagementKey{.scope = "SCOPE_TEAM", .scope_id = "s"}.team()), "s");
  EXPECT_EQ((ManagementKey{.team_id = "t", .scope = "SCOPE_TEAM", .scope_id = "s"}.team()), "t");
  EXPECT_EQ((ManagementKey{.scope = "SCOPE_ORGANIZATION", .scope_id = "o"}.team()), "");
}

TEST(ErrorKind, EveryKindHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::malformed_response); ++kind)
    names.insert(name_of(static_cast<ErrorKind>(kind)));
  EXPECT_EQ(names.size(), 17U);
  EXPECT_EQ(name_of(ErrorKind::not_found), "not_found");
  EXPECT_EQ(name_of(ErrorKind::unauthenticated), "unauthenticated");
  EXPECT_EQ(name_of(ErrorKind::malformed_response), "malformed_response");
}

TEST(Outcome, EveryOutcomeHasItsName) {
  EXPECT_EQ(name_of(Outcome::not_sent), "not_sent");
  EXPECT_EQ(name_of(Outcome::refused), "refused");
  EXPECT_EQ(name_of(Outcome::throttled), "throttled");
  EXPECT_EQ(name_of(Outcome::unanswered), "unanswered");
  EXPECT_EQ(name_of(Outcome::done), "done");
  EXPECT_EQ(name_of(Outcome::unknown), "unknown");
}

TEST(HttpResponse, FindsAHeaderInAnyCase) {
  const HttpResponse response{.status = 429,
                              .headers = {{"Retry-After", "7"}, {"retry-after", "8"}}};
  EXPECT_EQ(response.header("retry-after"), "7");
  EXPECT_EQ(response.header("RETRY-AFTER"), "7");
  EXPECT_EQ(response.header("retry"), "");
}

TEST(Method, HasTheNameOfTheWire) {
  EXPECT_EQ(name_of(Method::get), "GET");
  EXPECT_EQ(name_of(Method::post), "POST");
  EXPECT_EQ(name_of(Method::put), "PUT");
  EXPECT_EQ(name_of(Method::patch), "PATCH");
  EXPECT_EQ(name_of(Method::delete_), "DELETE");
}

TEST(Method, SaysWhetherARequestHasABody) {
  for (const Method with : {Method::post, Method::put, Method::patch})
    EXPECT_TRUE(carries_body(with)) << name_of(with);
  for (const Method without : {Method::get, Method::delete_})
    EXPECT_FALSE(carries_body(without)) << name_of(without);
}

}  // namespace
}  // namespace xai::management
