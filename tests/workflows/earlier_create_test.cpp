#include "workflows/earlier_create.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "workflows/minting.h"
#include "workflows/once.h"
#include "workflows/record_stage.h"
#include "xai/management/minting.h"

namespace xai::workflows {
namespace {

using management::CreateApiKey;
using management::Outcome;
using management::Reason;
using management::RecordSettled;
using management::SecretFile;
using management::UnfinishedState;
using test::RecordStage;

/// A create whose answer is lost, after the key was made or before.
void lose(RecordStage& stage, const char* when) {
  stage.account.control("faults",
                        std::string{R"({"method":"POST","path":"/auth/teams/*/api-keys",)"} +
                            R"("reset":true,"when":")" + when + "\"}");
  EXPECT_FALSE(create_api_key(*stage.account, {.name = "n"}));
  EXPECT_EQ(stage.records().size(), 1U);
}

TEST(EarlierCreate, ThatMadeAKeyIsNeverPassedBy) {
  for (const bool again : {false, true}) {
    RecordStage stage;
    lose(stage, "after");
    for (int run = 0; run < 3; ++run) {
      const auto key = create_api_key(*stage.account, {.name = "n"}, {}, {}, again);
      ASSERT_FALSE(key);
      EXPECT_EQ(key.error().outcome, Outcome::unknown);
      EXPECT_EQ(key.error().reason, Reason::earlier_unfinished);
      stage.account.pass(std::chrono::minutes{10});
    }
    EXPECT_EQ(stage.requests("createApiKey"), 1U);
  }
}

TEST(EarlierCreate, WithASecretIsDeliveredFirst) {
  for (const bool again : {false, true}) {
    RecordStage stage;
    const auto refuse = [](const management::Secret&) -> std::expected<void, std::string> {
      return std::unexpected(std::string{"no room"});
    };
    EXPECT_FALSE(create_api_key(*stage.account, {.name = "n"}, management::TakeSecret{refuse}));
    const auto key = create_api_key(*stage.account, {.name = "n"}, {}, {}, again);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().reason, Reason::secret_undelivered);
    EXPECT_EQ(stage.requests("createApiKey"), 1U);
  }
}

TEST(EarlierCreate, ThatMadeNothingIsSettledOnceTheListWouldShowIt) {
  RecordStage stage;
  lose(stage, "before");
  const auto at_once = create_api_key(*stage.account, {.name = "n"});
  ASSERT_FALSE(at_once);
  EXPECT_EQ(at_once.error().reason, Reason::earlier_unfinished);
  stage.account.pass(std::chrono::minutes{6});
  EXPECT_TRUE(create_api_key(*stage.account, {.name = "n"}, {}, stage.options));
  EXPECT_EQ(stage.account.events<RecordSettled>().size(), 1U);
  EXPECT_TRUE(stage.records().empty());
}

TEST(EarlierCreate, IsPassedByWhenAskedFor) {
  RecordStage stage;
  lose(stage, "before");
  EXPECT_TRUE(create_api_key(*stage.account, {.name = "n"}, {}, {}, true));
  EXPECT_EQ(stage.records().size(), 1U);
}

TEST(EarlierCreate, ThatNobodyCanLookAtIsInTheWay) {
  for (const bool again : {false, true}) {
    RecordStage stage;
    lose(stage, "after");
    stage.account.pass(std::chrono::minutes{10});
    stage.account.control("faults", R"({"method":"GET","status":403,"times":0})");
    EXPECT_EQ(create_api_key(*stage.account, {.name = "n"}, {}, {}, again).has_value(), again);
  }
}

TEST(EarlierCreate, IsOnlyOneOfTheSameNameThatHasEnded) {
  RecordStage stage;
  lose(stage, "after");
  EXPECT_TRUE(create_api_key(*stage.account, {.name = "other"}));
  const auto taken = RecordFile::take(stage.call(), stage.records().front().id);
  ASSERT_TRUE(taken);
  // Somebody works on the record now.
  EXPECT_TRUE(create_api_key(*stage.account, {.name = "n"}));
}

TEST(EarlierCreate, IsOfTheSameTeamAndTheSameService) {
  for (const bool is_of_team : {true, false}) {
    RecordStage stage;
    lose(stage, "after");
    const auto& pipeline = (*stage.account).client.pipeline();
    management::ClientOptions options = pipeline.options;
    CreateApiKey operation{.name = "n"};
    if (is_of_team)
      operation.team_id = "22222222-2222-4333-8444-555555555555";
    else
      options.base_url = "https://elsewhere.example";
    const management::Account elsewhere{
        .client = client::make_client(
            options, {pipeline.seams.clock, pipeline.seams.sleep, pipeline.seams.random}),
        .state_folder = (*stage.account).state_folder};
    const auto earlier = earlier_create(Call{elsewhere}, operation, false);
    ASSERT_TRUE(earlier) << earlier.error().message;
    EXPECT_FALSE(earlier->has_value()) << is_of_team;
    EXPECT_TRUE(earlier_create(stage.call(), {.name = "n"}, false)->has_value());
  }
}

TEST(EarlierCreate, GrowsOldByTheServicesClock) {
  RecordStage stage;
  lose(stage, "before");
  // Only ours is set on: the list may still lag.
  stage.account.time().advance(std::chrono::minutes{10});
  const auto at_once = create_api_key(*stage.account, {.name = "n"});
  ASSERT_FALSE(at_once);
  EXPECT_EQ(at_once.error().reason, Reason::earlier_unfinished);
  EXPECT_EQ(stage.records().size(), 1U);
}

TEST(Rotation, OfAnotherKeyIsNoneWithinAnOverlap) {
  RecordStage stage;
  const auto one = create_api_key(*stage.account, {.name = "one"});
  const auto other = create_api_key(*stage.account, {.name = "other"});
  ASSERT_TRUE(one && other);
  EXPECT_TRUE(rotate_api_key(*stage.account, {.api_key_id = one->api_key_id}));
  EXPECT_TRUE(rotate_api_key(*stage.account, {.api_key_id = other->api_key_id}));
}

TEST(Rotation, WithinAnOverlapIsRefused) {
  RecordStage stage;
  const auto key = create_api_key(*stage.account, {.name = "n"});
  ASSERT_TRUE(key);
  const management::RotateApiKey rotation{.api_key_id = key->api_key_id};
  ASSERT_TRUE(rotate_api_key(*stage.account, rotation));
  stage.account.pass(std::chrono::hours{23});
  const auto second = rotate_api_key(*stage.account, rotation);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, Reason::within_overlap);
  EXPECT_EQ(second.error().outcome, Outcome::refused);
  EXPECT_EQ(stage.requests("rotateApiKey"), 1U);
  management::RotateApiKey after_leak = rotation;
  after_leak.old_secret_expire_time = stage.account.now();
  EXPECT_TRUE(rotate_api_key(*stage.account, after_leak));
  EXPECT_TRUE(rotate_api_key(*stage.account, rotation));
  EXPECT_FALSE(rotate_api_key(*stage.account, rotation));
  EXPECT_TRUE(rotate_api_key(*stage.account, rotation, {}, {}, true));
  stage.account.pass(std::chrono::hours{25});
  EXPECT_TRUE(rotate_api_key(*stage.account, rotation));
}

TEST(Rotation, ThatIsUnderWayRefusesAnother) {
  RecordStage stage;
  const auto key = create_api_key(*stage.account, {.name = "n"});
  const auto other = create_api_key(*stage.account, {.name = "other"});
  ASSERT_TRUE(key && other);
  const management::RotateApiKey rotation{.api_key_id = key->api_key_id};
  const auto first = begin_rotation(stage.call(), rotation, {}, false);
  ASSERT_TRUE(first);
  const auto second = rotate_api_key(*stage.account, rotation);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, Reason::within_overlap);
  EXPECT_EQ(second.error().outcome, Outcome::refused);
  EXPECT_EQ(stage.requests("rotateApiKey"), 0U);
  EXPECT_EQ(stage.records().size(), 1U);
  EXPECT_TRUE(rotate_api_key(*stage.account, {.api_key_id = other->api_key_id}));
  EXPECT_TRUE(rotate_api_key(*stage.account, rotation, {}, {}, true));
  management::RotateApiKey after_leak = rotation;
  after_leak.old_secret_expire_time = stage.account.now();
  EXPECT_TRUE(rotate_api_key(*stage.account, after_leak));
}

TEST(Rotation, SeesAnotherOnceBothHaveTheirRecords) {
  RecordStage stage;
  const auto key = create_api_key(*stage.account, {.name = "n"});
  ASSERT_TRUE(key);
  const management::RotateApiKey rotation{.api_key_id = key->api_key_id};
  auto first = begin_rotation(stage.call(), rotation, {}, false);
  ASSERT_TRUE(first);
  EXPECT_TRUE(check_overlap(stage.call(), rotation, first->engine().record().id));
  auto second = Once<management::RotateApiKey>::begin(stage.call(), rotation);
  ASSERT_TRUE(second);
  for (auto* const once : {&first, &second})
    EXPECT_FALSE(check_overlap(stage.call(), rotation, (*once)->engine().record().id));
}

TEST(Rotation, WithoutAnAnswerMayHaveBegunAnOverlap) {
  RecordStage stage;
  const auto key = create_api_key(*stage.account, {.name = "n"});
  ASSERT_TRUE(key);
  stage.account.control("faults", R"({"method":"POST","when":"after","reset":true})");
  const management::RotateApiKey rotation{.api_key_id = key->api_key_id};
  EXPECT_FALSE(rotate_api_key(*stage.account, rotation));
  EXPECT_EQ(rotate_api_key(*stage.account, rotation).error().reason, Reason::within_overlap);
}

TEST(Rotation, ThatAKillBrokeOffMayHaveBegunAnOverlap) {
  using std::chrono::hours;
  for (const auto overlap : {hours{1}, hours{0}}) {
    RecordStage stage;
    const auto key = create_api_key(*stage.account, {.name = "n"});
    ASSERT_TRUE(key);
    management::RotateApiKey rotation{.api_key_id = key->api_key_id};
    if (overlap > hours{0}) rotation.old_secret_expire_time = stage.account.now() + overlap;
    {
      const auto once = Once<management::RotateApiKey>::begin(stage.call(), rotation);
      ASSERT_TRUE(once);
      std::filesystem::copy(stage.state("pending"), stage.state("kept"));
    }
    ASSERT_TRUE(stage.records().empty());
    std::filesystem::remove(stage.state("pending"));
    std::filesystem::rename(stage.state("kept"), stage.state("pending"));
    const management::RotateApiKey again{.api_key_id = key->api_key_id};
    EXPECT_EQ(rotate_api_key(*stage.account, again).error().reason, Reason::within_overlap);
    stage.account.pass(overlap > hours{0} ? overlap : hours{24});
    stage.account.pass(hours{1});
    EXPECT_TRUE(rotate_api_key(*stage.account, again));
  }
}

}  // namespace
}  // namespace xai::workflows
