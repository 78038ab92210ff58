#include "xai/management/minting.h"

#include <gtest/gtest.h>

#include "workflows/record_stage.h"
#include "xai/management/unfinished.h"

namespace xai::management {
namespace {

using workflows::test::RecordStage;

/// A function that takes a secret, or says why not.
struct Taker {
  std::string got{};
  bool refuses{};

  TakeSecret sink() {
    return [this](const Secret& secret) -> std::expected<void, std::string> {
      if (refuses) return std::unexpected(std::string{"no room"});
      got = secret.reveal();
      return {};
    };
  }
};

TEST(CreateApiKey, GivesTheSecretToItsSinkAlone) {
  RecordStage stage;
  Taker taker;
  const auto key = create_api_key(*stage.account, {.name = "n"}, taker.sink());
  ASSERT_TRUE(key);
  EXPECT_FALSE(key->api_key);
  EXPECT_TRUE(taker.got.starts_with("xai-"));
  EXPECT_TRUE(stage.records().empty());
}

TEST(CreateApiKey, AnswersTheSecretWithoutASink) {
  RecordStage stage;
  const auto key = create_api_key(*stage.account, {.name = "n"});
  ASSERT_TRUE(key && key->api_key);
  EXPECT_TRUE(stage.records().empty());
}

TEST(RotateApiKey, KeepsWhatItsSinkRefusedUntilAnotherTakesIt) {
  RecordStage stage;
  const auto key = create_api_key(*stage.account, {.name = "n"});
  ASSERT_TRUE(key);
  Taker taker{.refuses = true};
  const auto rotated =
      rotate_api_key(*stage.account, {.api_key_id = key->api_key_id}, taker.sink());
  ASSERT_FALSE(rotated);
  EXPECT_EQ(rotated.error().reason, Reason::secret_undelivered);
  const auto left = unfinished(*stage.account);
  ASSERT_TRUE(left && left->size() == 1);
  EXPECT_EQ(name_of(left->front().state), "minted");
  EXPECT_TRUE(rotated.error().next.contains(left->front().id));
  taker.refuses = false;
  ASSERT_TRUE(deliver_unfinished(*stage.account, left->front().id, taker.sink()));
  EXPECT_TRUE(taker.got.starts_with("xai-"));
  EXPECT_NE(taker.got, key->api_key->reveal());
  EXPECT_TRUE(stage.records().empty());
}

TEST(Unfinished, IsSettledByARotationADeleteOrBeingForgotten) {
  RecordStage stage;
  const auto lose_a_create = [&]() -> std::string {
    stage.account.control(
        "faults",
        R"({"method":"POST","path":"/auth/teams/*/api-keys","when":"after","reset":true})");
    EXPECT_FALSE(create_api_key(*stage.account, {.name = "n"}));
    const auto left = unfinished(*stage.account);
    return left && left->size() == 1 ? left->front().id : "";
  };
  EXPECT_FALSE(deliver_unfinished(*stage.account, lose_a_create(), Taker{}.sink()));
  const auto rotated = rotate_unfinished(*stage.account, stage.records().front().id, {});
  ASSERT_TRUE(rotated && rotated->api_key);
  EXPECT_TRUE(stage.records().empty());
  EXPECT_TRUE(delete_unfinished(*stage.account, lose_a_create()));
  EXPECT_EQ(stage.requests("deleteApiKey"), 1U);
  EXPECT_TRUE(forget_unfinished(*stage.account, lose_a_create()));
  EXPECT_EQ(stage.requests("deleteApiKey"), 1U);
  EXPECT_FALSE(forget_unfinished(*stage.account, "none"));
}

/// A key whose rotation was made, though its answer was lost.
struct LostRotation {
  RecordStage stage{};
  std::string key{};

  LostRotation() {
    if (const auto made = create_api_key(*stage.account, {.name = "n"})) key = made->api_key_id;
    stage.account.control(
        "faults",
        R"({"method":"POST","path":"/auth/api-keys/*/rotate","when":"after","reset":true})");
    EXPECT_FALSE(rotate(false));
  }
  Result<ApiKey> rotate(bool ends_overlap) {
    return rotate_api_key(*stage.account, {.api_key_id = key}, {}, stage.options, ends_overlap);
  }
};

TEST(RotateApiKey, SettlesAnEarlierOneWhoseSecretNobodyGot) {
  LostRotation lost;
  ASSERT_EQ(lost.stage.records().size(), 1U);
  const auto refused = lost.rotate(false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::within_overlap);
  EXPECT_TRUE(refused.error().message.contains("an unfinished rotation of the key"))
      << refused.error().message;
  // The service may still be about to make it.
  ASSERT_TRUE(lost.rotate(true));
  EXPECT_EQ(lost.stage.records().size(), 1U);
  lost.stage.account.pass(std::chrono::minutes{6});
  ASSERT_TRUE(lost.rotate(true));
  EXPECT_TRUE(lost.stage.records().empty());
  const auto settled = lost.stage.account.events<RecordSettled>();
  ASSERT_EQ(settled.size(), 1U);
  EXPECT_TRUE(settled.front().is_overtaken);
}

TEST(RotateApiKey, LeavesTheRecordsOfOtherKeysAndThoseWithASecret) {
  LostRotation lost;
  const auto other = create_api_key(*lost.stage.account, {.name = "other"});
  ASSERT_TRUE(other);
  Taker taker{.refuses = true};
  ASSERT_FALSE(
      rotate_api_key(*lost.stage.account, {.api_key_id = other->api_key_id}, taker.sink()));
  lost.stage.account.pass(std::chrono::hours{1});
  ASSERT_TRUE(rotate_api_key(*lost.stage.account, {.api_key_id = other->api_key_id}, {}, {}, true));
  EXPECT_EQ(lost.stage.records().size(), 2U);
  EXPECT_TRUE(lost.stage.account.events<RecordSettled>().empty());
}

TEST(Unfinished, SaysOnceAKeyHasANewerSecretThanTheOneThatIsKept) {
  RecordStage stage;
  const auto key = create_api_key(*stage.account, {.name = "n"});
  ASSERT_TRUE(key);
  Taker taker{.refuses = true};
  ASSERT_FALSE(rotate_api_key(*stage.account, {.api_key_id = key->api_key_id}, taker.sink()));
  const auto is_superseded = [&] {
    const auto left = unfinished(*stage.account);
    return left && left->size() == 1 && left->front().is_superseded;
  };
  EXPECT_FALSE(is_superseded());
  stage.account.pass(std::chrono::hours{1});
  EXPECT_FALSE(is_superseded());
  ASSERT_TRUE(rotate_api_key(*stage.account, {.api_key_id = key->api_key_id}, {}, {}, true));
  EXPECT_TRUE(is_superseded());
}

}  // namespace
}  // namespace xai::management
