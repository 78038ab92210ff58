#include "workflows/once.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <thread>

#include "base/time_text.h"
#include "fakes/scripted_transport.h"
#include "workflows/record_stage.h"
#include "workflows/unfinished.h"

namespace xai::workflows {
namespace {

namespace fs = std::filesystem;
using management::CreateApiKey;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
using management::RotateApiKey;
using management::Secret;
using management::SecretFile;
using management::Sink;
using management::TakeSecret;
using management::UnfinishedState;
using management::Warning;
using management::WarningKind;
using test::RecordStage;
using test::text_of;

constexpr auto lose_the_answer =
    R"({"method":"POST","path":"/auth/teams/*/api-keys","when":"after","reset":true})";

/// Begins and sends a create, and leaves it as it then stands.
management::Result<void> create(RecordStage& stage, const std::string& name,
                                std::optional<Sink> sink = {}) {
  auto once = TRY(Once<CreateApiKey>::begin(stage.call(), {.name = name}, std::move(sink)));
  return once.send(stage.call());
}

std::unexpected<std::string> refuse(const Secret&) {
  return std::unexpected(std::string{"no room"});
}

TEST(Once, WritesTheRecordBeforeItSendsAndDropsItLast) {
  RecordStage stage;
  const CreateApiKey request{.name = "n"};
  auto once = Once<CreateApiKey>::begin(stage.call(), request);
  ASSERT_TRUE(once);
  ASSERT_EQ(stage.records().size(), 1U);
  EXPECT_EQ(stage.requests("createApiKey"), 0U);
  EXPECT_EQ(stage.records().front().about("name"), "n");
  ASSERT_TRUE(once->send(stage.call()));
  const Record noted = stage.records().front();
  EXPECT_EQ(noted.secret, once->answer().value.api_key);
  EXPECT_EQ(noted.about("apiKeyId"), once->answer().value.api_key_id);
  EXPECT_TRUE(once->engine().deliver());
  EXPECT_EQ(stage.records().size(), 1U);
  once->engine().drop();
  EXPECT_TRUE(stage.records().empty());
}

TEST(Once, MakesItsRecordAnewWhenSomebodyTookItAway) {
  for (const bool is_moved : {false, true}) {
    RecordStage stage;
    {
      auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"}, TakeSecret{refuse});
      ASSERT_TRUE(once);
      if (is_moved)
        fs::rename(stage.state("pending"), stage.state("moved"));
      else
        fs::remove_all(stage.state("pending"));
      ASSERT_TRUE(once->send(stage.call()));
      EXPECT_FALSE(once->engine().deliver());
      EXPECT_TRUE(once->engine().is_recorded());
    }
    ASSERT_EQ(stage.records().size(), 1U);
    EXPECT_FALSE(stage.records().front().secret.empty());
  }
}

TEST(Once, LeavesNoRecordOfWhatWasNeverSent) {
  RecordStage stage;
  {
    auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"});
  }
  EXPECT_TRUE(stage.records().empty());
}

TEST(Once, BeginsNothingWithoutAPlaceForTheRecord) {
  RecordStage stage;
  std::ofstream{(*stage.account).state_folder} << "a file where a folder should be";
  const auto sent = create(stage, "n");
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().reason, Reason::no_place_for_record);
  EXPECT_EQ(stage.requests("createApiKey"), 0U);
}

TEST(Once, WorksAsAPlainCallWithoutAStateFolder) {
  RecordStage stage;
  management::Account account = *stage.account;
  account.state_folder.clear();
  const Call call{account, stage.options};
  auto once = Once<CreateApiKey>::begin(call, {.name = "n"});
  ASSERT_TRUE(once && once->send(call));
  EXPECT_FALSE(once->answer().value.api_key->empty());
  EXPECT_FALSE(once->engine().is_recorded());
  const auto left = unfinished(call);
  EXPECT_TRUE(left && left->empty());
}

TEST(Once, RepeatsWhatWasProvablyNotSent) {
  RecordStage stage;
  int attempts = 0;
  stage.account.reach_through(
      [&, next = stage.account.service().transport()](
          const management::HttpRequest& request) -> management::Result<management::HttpResponse> {
        if (request.method == management::Method::post) {
          EXPECT_EQ(request.retry, management::RetryClass::never);
          if (++attempts < 3) return fakes::not_sent();
        }
        return next(request);
      });
  EXPECT_TRUE(create(stage, "n"));
  EXPECT_EQ(attempts, 3);
}

TEST(Once, DropsTheRecordOfWhatWasNotSent) {
  RecordStage stage;
  fakes::ScriptedTransport unreachable{{fakes::not_sent()}};
  stage.account.reach_through(unreachable.transport());
  const auto sent = create(stage, "n");
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().outcome, Outcome::not_sent);
  // One more asks for the time.
  EXPECT_EQ(unreachable.requests().size(), 4U);
  EXPECT_TRUE(stage.records().empty());
}

TEST(Once, WaitsOutAThrottleInTheServicesOwnForm) {
  RecordStage stage;
  stage.account.control("faults",
                        R"({"method":"POST","status":429,"headers":{"Retry-After":"7"}})");
  EXPECT_TRUE(create(stage, "n"));
  EXPECT_EQ(stage.requests("createApiKey"), 2U);
  EXPECT_EQ(stage.account.time().sleeps(), std::vector{std::chrono::milliseconds{7'000}});
}

TEST(Once, DoesNotRepeatAThrottledRotation) {
  RecordStage stage;
  const auto key = (*stage.account).client.send(CreateApiKey{.name = "n"});
  ASSERT_TRUE(key);
  stage.account.control("faults", R"({"method":"POST","status":429})");
  auto once = Once<RotateApiKey>::begin(stage.call(), {.api_key_id = key->api_key_id});
  ASSERT_TRUE(once);
  EXPECT_FALSE(once->send(stage.call()));
  EXPECT_EQ(stage.requests("rotateApiKey"), 1U);
}

TEST(Once, LooksForWhatCameOfALostAnswer) {
  RecordStage stage;
  stage.account.control("faults", lose_the_answer);
  auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"});
  ASSERT_TRUE(once);
  const auto sent = once->send(stage.call());
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().outcome, Outcome::unknown);
  EXPECT_EQ(stage.requests("createApiKey"), 1U);
  const auto& found = once->engine().found();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, UnfinishedState::unknown);
  EXPECT_EQ(found->api_key_ids.size(), 1U);
  EXPECT_EQ(stage.records().size(), 1U);
}

TEST(Once, KeepsASecretThatCannotBeDelivered) {
  RecordStage stage;
  auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"}, Sink{TakeSecret{refuse}});
  ASSERT_TRUE(once && once->send(stage.call()));
  const auto delivered = once->engine().deliver();
  ASSERT_FALSE(delivered);
  EXPECT_EQ(delivered.error().reason, Reason::secret_undelivered);
  EXPECT_EQ(delivered.error().message, "no room");
  EXPECT_EQ(stage.records().front().secret, once->answer().value.api_key);
}

TEST(Once, PutsTheSecretIntoANewFile) {
  RecordStage stage;
  fs::create_directories(stage.state());
  const std::string path = stage.state("app.key");
  auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"},
                                        SecretFile{.path = path, .variable = "KEY"});
  ASSERT_TRUE(once && once->send(stage.call()));
  EXPECT_FALSE(fs::exists(path));
  ASSERT_TRUE(once->engine().deliver());
  once->engine().drop();
  EXPECT_EQ(text_of(path), "KEY=" + once->answer().value.api_key->reveal() + "\n");
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const auto again =
      Once<CreateApiKey>::begin(stage.call(), {.name = "n"}, SecretFile{.path = path});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::already_exists);
}

TEST(Once, DeliversASecretThatCameBeforeTheAnswerBrokeOff) {
  RecordStage stage;
  std::string broken;
  stage.account.reach_through(
      [&, next = stage.account.service().transport()](
          const management::HttpRequest& request) -> management::Result<management::HttpResponse> {
        auto answer = next(request);
        if (request.method != management::Method::post) return answer;
        const std::size_t secret = answer->body.find(R"("apiKey":"xai-)");
        answer->body.resize(answer->body.find(',', secret) + 1);
        request.salvage(*answer);
        return fakes::no_answer();
      });
  auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"});
  ASSERT_TRUE(once);
  const auto sent = once->send(stage.call());
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(once->answer().value.name, "n");
  EXPECT_FALSE(once->answer().value.api_key_id.empty());
  EXPECT_EQ(stage.records().front().secret, once->answer().value.api_key);
  ASSERT_EQ(stage.account.events<Warning>().size(), 1U);
  EXPECT_EQ(stage.account.events<Warning>().front().kind, WarningKind::answer_broke_off);
}

TEST(Once, KeepsRecordsApartOnManyThreads) {
  RecordStage stage;
  constexpr int count = 4;
  std::vector<std::thread> threads;
  std::array<bool, count> succeeded{};
  for (std::size_t i = 0; i < count; ++i)
    threads.emplace_back([&, i] {
      const management::CallOptions options;
      const Call call{*stage.account, options};
      auto once = Once<CreateApiKey>::begin(call, {.name = "n" + std::to_string(i)});
      if (!once || !once->send(call) || !once->engine().deliver()) return;
      succeeded.at(i) = true;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(succeeded, (std::array<bool, count>{true, true, true, true}));
  std::set<std::string> names;
  std::set<std::string> secrets;
  for (const Record& record : stage.records()) {
    names.insert(record.about("name"));
    secrets.insert(record.secret.reveal());
  }
  EXPECT_EQ(names.size(), 4U);
  EXPECT_EQ(secrets.size(), 4U);
}

}  // namespace
}  // namespace xai::workflows
