#include <algorithm>

#include "conformance/endpoints/endpoint.h"
#include "xai/management/endpoint_acls.h"
#include "xai/management/management_keys.h"
#include "xai/management/models.h"

namespace xai::conformance {
namespace {

using namespace management;

class Access : public Conformance {};

TEST_P(Access, TheKeyNamesItsTeam) {
  const auto key = client.send(ValidateManagementKey{});
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->team(), team);
  EXPECT_EQ(key->scope, "SCOPE_TEAM");
}

TEST_P(Access, TheTeamIsFoundWhenNoneIsGiven) {
  ClientOptions options = endpoint->options();
  options.team_id.clear();
  const Client nameless{std::move(options)};
  const auto models = nameless.send(ListTeamModels{});
  ASSERT_TRUE(models) << models.error().message;
  EXPECT_FALSE(models->cluster_configs.empty());
}

TEST_P(Access, EveryKindOfModelIsListed) {
  const auto models = client.send(ListTeamModels{});
  ASSERT_TRUE(models) << models.error().message;
  const auto has = [&](auto kind) {
    return std::ranges::any_of(models->cluster_configs, [&](const ClusterConfig& cluster) {
      return !(cluster.*kind).empty();
    });
  };
  EXPECT_TRUE(has(&ClusterConfig::language_models));
  EXPECT_TRUE(has(&ClusterConfig::embedding_models));
  EXPECT_TRUE(has(&ClusterConfig::image_generation_models));
  EXPECT_TRUE(has(&ClusterConfig::audio_models));
  EXPECT_TRUE(has(&ClusterConfig::video_generation_models));
}

TEST_P(Access, EndpointsAreGrants) {
  const auto endpoints = client.send(ListPossibleEndpointAcls{});
  ASSERT_TRUE(endpoints) << endpoints.error().message;
  EXPECT_TRUE(std::ranges::any_of(
      endpoints->acls, [](const EndpointAcl& acl) { return acl.acl == "api-key:endpoint:chat"; }));
}

XAI_EVERYWHERE(Access);

}  // namespace
}  // namespace xai::conformance
