#include <algorithm>
#include <thread>
#include <vector>

#include "conformance/endpoints/endpoint.h"
#include "xai/management/api_keys.h"

namespace xai::conformance {
namespace {

using namespace management;

class ApiKeys : public Conformance {
 protected:
  ApiKey create(const std::string& name) {
    auto key = client.send(CreateApiKey{.name = name,
                                        .acls = {Acl::every_model(), Acl::endpoint("chat")},
                                        .qps = 5,
                                        .tpm = 100'000});
    EXPECT_TRUE(key) << key.error().message;
    return key.value_or(ApiKey{});
  }
  std::vector<std::string> names(const ListApiKeys& list) {
    std::vector<std::string> found;
    for (auto& page : client.pages(list)) {
      EXPECT_TRUE(page) << page.error().message;
      if (page)
        for (const ApiKey& key : page->api_keys) found.push_back(key.name);
    }
    std::ranges::sort(found);
    return found;
  }
};

TEST_P(ApiKeys, AreCreatedWithASecretThatIsShownOnce) {
  const ApiKey made = create("app");
  ASSERT_TRUE(made.api_key);
  EXPECT_EQ(made.name, "app");
  EXPECT_EQ(made.team_id, team);
  EXPECT_EQ(made.qps, 5);
  EXPECT_EQ(made.qpm, std::nullopt);
  EXPECT_EQ(made.tpm, 100'000);
  EXPECT_EQ(made.acls, (std::vector<Acl>{Acl::every_model(), Acl::endpoint("chat")}));
  const auto page = client.send(ListApiKeys{});
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->api_keys.size(), 1U);
  EXPECT_EQ(page->api_keys[0].api_key_id, made.api_key_id);
  EXPECT_FALSE(page->api_keys[0].api_key);
}

TEST_P(ApiKeys, AreListedPageByPage) {
  std::vector<std::string> made;
  for (int i = 0; i < 7; ++i) made.push_back(create("key " + std::to_string(i)).name);
  std::ranges::sort(made);
  for (const int size : {1, 2, 3, 7, 100}) EXPECT_EQ(names({.page_size = size}), made);
  EXPECT_EQ(names({.acl_filters = {Acl::endpoint("chat")}}), made);
  EXPECT_TRUE(names({.acl_filters = {Acl::endpoint("embed")}}).empty());
}

TEST_P(ApiKeys, ReachTheClustersInTime) {
  const ApiKey made = create("app");
  const auto before = client.send(CheckApiKeyPropagation{made.api_key_id});
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_FALSE(before->complete());
  EXPECT_FALSE(before->clusters.empty());
  EXPECT_FALSE(client.send(GetInferenceApiKeyInfo{*made.api_key}));
  endpoint->advance("30s");
  EXPECT_TRUE(client.send(CheckApiKeyPropagation{made.api_key_id})->complete());
  const auto info = client.send(GetInferenceApiKeyInfo{*made.api_key});
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_EQ(info->api_key_id, made.api_key_id);
  EXPECT_FALSE(info->api_key_disabled);
}

TEST_P(ApiKeys, ChangeWhatTheMaskNames) {
  const ApiKey made = create("app");
  const auto changed = client.send(
      UpdateApiKey::of(made.api_key_id, {.name = "renamed", .disabled = true, .qpm = 7}, {"qps"}));
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(changed->name, "renamed");
  EXPECT_TRUE(changed->disabled);
  EXPECT_EQ(changed->qps, std::nullopt);
  EXPECT_EQ(changed->qpm, 7);
  EXPECT_EQ(changed->tpm, 100'000);
}

TEST_P(ApiKeys, RotateWithBothSecretsForAWhile) {
  const ApiKey made = create("app");
  endpoint->advance("30s");
  const auto rotated = client.send(RotateApiKey{.api_key_id = made.api_key_id});
  ASSERT_TRUE(rotated) << rotated.error().message;
  ASSERT_TRUE(rotated->api_key);
  EXPECT_EQ(rotated->api_key_id, made.api_key_id);
  EXPECT_FALSE(*rotated->api_key == *made.api_key);
  endpoint->advance("30s");
  EXPECT_TRUE(client.send(GetInferenceApiKeyInfo{*made.api_key}));
  EXPECT_TRUE(client.send(GetInferenceApiKeyInfo{*rotated->api_key}));
  endpoint->advance("24h");
  EXPECT_FALSE(client.send(GetInferenceApiKeyInfo{*made.api_key}));
  EXPECT_TRUE(client.send(GetInferenceApiKeyInfo{*rotated->api_key}));
}

TEST_P(ApiKeys, AreDeletedForGood) {
  const ApiKey made = create("app");
  EXPECT_TRUE(client.send(DeleteApiKey{made.api_key_id}));
  const auto again = client.send(DeleteApiKey{made.api_key_id});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::not_found);
  EXPECT_TRUE(names({}).empty());
}

TEST_P(ApiKeys, AreMadeByManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int j = 0; j < 5; ++j)
        EXPECT_TRUE(client.send(CreateApiKey{.name = std::to_string(i * 5 + j)}));
    });
  for (std::thread& thread : threads) thread.join();
  const auto found = names({.page_size = 9});
  EXPECT_EQ(found.size(), 40U);
  EXPECT_TRUE(std::ranges::adjacent_find(found) == found.end());
}

XAI_EVERYWHERE(ApiKeys);

}  // namespace
}  // namespace xai::conformance
