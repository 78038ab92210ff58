#include "workflows/recovery.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/time_text.h"
#include "workflows/once.h"
#include "workflows/record_stage.h"
#include "workflows/unfinished.h"

namespace xai::workflows {
namespace {

using management::CreateApiKey;
using management::ErrorKind;
using management::Reason;
using management::RotateApiKey;
using management::TakeSecret;
using management::UnfinishedKind;
using management::UnfinishedState;
using test::RecordStage;
using test::text_of;

/// A record of version 1, as a program of that version left it behind, in this stage's folder and
/// about its service.
std::string plant(RecordStage& stage, const std::string& name, const std::string& api_key_id = "") {
  std::string text =
      text_of(std::string{XAI_SOURCE_DIR} + "/tests/workflows/records/" + name + ".jsonl");
  const auto replace = [&](const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
      text.replace(at, from.size(), to);
  };
  replace("http://127.0.0.1:8080", "https://management-api.x.ai");
  constexpr std::size_t id_letters = 36;
  if (const std::size_t at = text.find(R"("apiKeyId":")");
      at != std::string::npos && !api_key_id.empty())
    replace(text.substr(at + 12, id_letters), api_key_id);
  EXPECT_FALSE(text.empty()) << name;
  text.resize(16UL << 10U, '\0');
  std::filesystem::create_directories(stage.state("pending"));
  std::ofstream{stage.path_of("left"), std::ios::binary} << text;
  return "left";
}

std::string make_key(RecordStage& stage, const std::string& name) {
  const auto key = (*stage.account).client.send(CreateApiKey{.name = name});
  EXPECT_TRUE(key);
  return key ? key->api_key_id : "";
}

management::Unfinished only_one(RecordStage& stage) {
  auto left = unfinished(stage.call());
  EXPECT_TRUE(left);
  EXPECT_EQ(left->size(), 1U);
  return left->front();
}

void lose_a_create(RecordStage& stage, const std::string& name) {
  stage.account.control(
      "faults", R"({"method":"POST","path":"/auth/teams/*/api-keys","when":"after","reset":true})");
  auto once = Once<CreateApiKey>::begin(stage.call(), {.name = name});
  ASSERT_TRUE(once);
  EXPECT_FALSE(once->send(stage.call()));
}

TEST(RecordOfVersion1, OfALostCreateIsLookedUp) {
  for (const auto* const name : {"create-lost", "create-lost-to-file", "create-killed"}) {
    RecordStage stage;
    plant(stage, name);
    const auto left = only_one(stage);
    EXPECT_EQ(left.kind, UnfinishedKind::creates_key);
    EXPECT_EQ(left.state, UnfinishedState::unknown);
    EXPECT_TRUE(left.api_key_ids.empty());
    EXPECT_EQ(base::format_rfc3339(left.start).substr(0, 10), "2026-11-27");
    const std::string id = make_key(stage, left.subject.at("name"));
    EXPECT_EQ(only_one(stage).api_key_ids, std::vector{id}) << name;
  }
}

TEST(RecordOfVersion1, OfALostRotationNamesItsKey) {
  RecordStage stage;
  const std::string id = make_key(stage, "was there");
  plant(stage, "rotate-lost", id);
  EXPECT_EQ(only_one(stage).kind, UnfinishedKind::rotates_key);
  EXPECT_EQ(only_one(stage).api_key_ids, std::vector{id});
}

TEST(RecordOfVersion1, DeliversTheSecretItHolds) {
  for (const auto* const name : {"create-minted", "rotate-minted"}) {
    RecordStage stage;
    plant(stage, name);
    EXPECT_EQ(only_one(stage).state, UnfinishedState::minted);
    auto taken = RecordFile::take(stage.call(), "left");
    ASSERT_TRUE(taken);
    std::string got;
    const TakeSecret take = [&](const management::Secret& secret) {
      got = secret.reveal();
      return std::expected<void, std::string>{};
    };
    auto engine = OnceEngine::resume(stage.call(), *std::move(taken), take);
    ASSERT_TRUE(engine && engine->deliver());
    EXPECT_EQ(got.size(), 84U);
    EXPECT_TRUE(got.starts_with("xai-")) << name;
    engine->drop();
    EXPECT_TRUE(stage.records().empty());
  }
}

TEST(RecordOfVersion1, IsMendedByARotation) {
  for (const auto* const name : {"create-lost", "rotate-lost"}) {
    RecordStage stage;
    const bool is_create = std::string_view{name} == "create-lost";
    const std::string id = make_key(stage, is_create ? "lost \"one\"" : "was there");
    plant(stage, name, id);
    auto taken = RecordFile::take(stage.call(), "left");
    ASSERT_TRUE(taken);
    const auto key = one_key(stage.call(), taken->record, "");
    ASSERT_TRUE(key);
    EXPECT_EQ(*key, id);
    auto once = Once<RotateApiKey>::mend(stage.call(), *std::move(taken), {.api_key_id = *key});
    ASSERT_TRUE(once && once->send(stage.call()) && once->engine().deliver());
    EXPECT_TRUE(text_of(stage.path_of("left")).contains(once->answer().value.api_key->reveal()));
    once->engine().drop();
    EXPECT_TRUE(stage.records().empty());
  }
}

TEST(Recovery, KeepsTheRecordOfARotationThatFailed) {
  RecordStage stage;
  lose_a_create(stage, "n");
  auto taken = RecordFile::take(stage.call(), only_one(stage).id);
  ASSERT_TRUE(taken);
  const auto key = one_key(stage.call(), taken->record, "");
  ASSERT_TRUE(key);
  stage.account.control("faults", R"({"method":"POST","status":400})");
  {
    auto once = Once<RotateApiKey>::mend(stage.call(), *std::move(taken), {.api_key_id = *key});
    ASSERT_TRUE(once);
    EXPECT_FALSE(once->send(stage.call()));
  }
  EXPECT_EQ(only_one(stage).api_key_ids, std::vector{*key});
}

TEST(Recovery, ChoosesNoneOfSeveralKeys) {
  RecordStage stage;
  lose_a_create(stage, "n");
  const std::string other = make_key(stage, "n");
  EXPECT_EQ(only_one(stage).api_key_ids.size(), 2U);
  const Record record = stage.records().front();
  const auto none = one_key(stage.call(), record, "");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().reason, Reason::ambiguous_name);
  EXPECT_EQ(one_key(stage.call(), record, other), other);
  const auto foreign = one_key(stage.call(), record, "fe15b799-32e1-4d02-9e65-80236f9995f7");
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().kind, ErrorKind::invalid_argument);
}

TEST(Recovery, TakesNoKeyWhoseSecretAnotherRunGot) {
  RecordStage stage;
  lose_a_create(stage, "n");
  const std::string lost = only_one(stage).api_key_ids.front();
  auto other = Once<CreateApiKey>::begin(stage.call(), {.name = "n"});
  ASSERT_TRUE(other && other->send(stage.call()));
  const auto& key = other->answer().value;
  EXPECT_NE(key.api_key_id, lost);
  auto records = stage.records();
  std::erase_if(records, [](const Record& record) { return !record.secret.empty(); });
  ASSERT_EQ(records.size(), 1U);
  // While the other run is under way, nothing is taken at all.
  const auto contested = one_key(stage.call(), records.front(), "");
  ASSERT_FALSE(contested);
  EXPECT_EQ(contested.error().reason, Reason::under_way);
  ASSERT_TRUE(other->engine().deliver());
  other->engine().drop();
  EXPECT_EQ(only_one(stage).api_key_ids, std::vector{lost});
}

TEST(Recovery, SaysWhenALookIsImpossible) {
  RecordStage stage;
  lose_a_create(stage, "n");
  stage.account.control("faults", R"({"method":"GET","status":403,"times":0})");
  const auto left = only_one(stage);
  ASSERT_TRUE(left.look_error);
  EXPECT_EQ(left.look_error->kind, ErrorKind::permission_denied);
}

TEST(Recovery, IsAboutOneServiceAndOneTeam) {
  RecordStage stage;
  plant(stage, "create-lost");
  Record record = stage.records().front();
  record.team_id = "another";
  const auto of_team = one_key(stage.call(), record, "");
  ASSERT_FALSE(of_team);
  EXPECT_EQ(of_team.error().reason, Reason::elsewhere);
  record.base_url = "https://elsewhere";
  const auto of_service = one_key(stage.call(), record, "");
  ASSERT_FALSE(of_service);
  EXPECT_EQ(of_service.error().reason, Reason::elsewhere);
}

TEST(Recovery, DeletesWhatACreateMadeAndNothingElse) {
  RecordStage stage;
  lose_a_create(stage, "n");
  const auto left = only_one(stage);
  auto taken = RecordFile::take(stage.call(), left.id);
  ASSERT_TRUE(taken);
  ASSERT_TRUE(delete_lost(stage.call(), *std::move(taken), left.api_key_ids.front()));
  EXPECT_TRUE(stage.records().empty());
  EXPECT_EQ(stage.requests("deleteApiKey"), 1U);
  const std::string id = make_key(stage, "was there");
  plant(stage, "rotate-lost", id);
  auto rotation = RecordFile::take(stage.call(), "left");
  ASSERT_TRUE(rotation);
  EXPECT_FALSE(delete_lost(stage.call(), *std::move(rotation), id));
  EXPECT_EQ(stage.requests("deleteApiKey"), 1U);
}

}  // namespace
}  // namespace xai::workflows
