#include <gtest/gtest.h>

#include "base/time_text.h"
#include "fakes/scripted_transport.h"
#include "workflows/record_stage.h"
#include "workflows/unfinished.h"
#include "xai/management/minting.h"

namespace xai::workflows {
namespace {

using management::CreateApiKey;
using test::RecordStage;

TEST(Rotated, IsSeenByTheTailOfTheSecretOrByTheTimeAlone) {
  RecordStage stage;
  const auto key = (*stage.account).client.send(CreateApiKey{.name = "n"});
  ASSERT_TRUE(key);
  const std::string modified = base::format_rfc3339(*key->modify_time);
  const auto is_seen = [&](const std::string& tail, const std::string& time) {
    return is_changed(stage.call(), {.operation = "rotateApiKey",
                                     .subject = {{"apiKeyId", key->api_key_id},
                                                 {"redactedApiKey", tail},
                                                 {"modifyTime", time}}});
  };
  EXPECT_FALSE(is_seen(key->redacted_api_key, modified));
  EXPECT_TRUE(is_seen("xai-...gone", modified));
  EXPECT_TRUE(is_seen(key->redacted_api_key, "2027-01-31T11:59:59Z"));
  EXPECT_FALSE(is_seen("", "")) << "of what was not known nothing has changed";
}

TEST(Unfinished, IsOfAServiceWhateverTheSlashesBehindIt) {
  RecordStage stage;
  Record record{.operation = "createApiKey"};
  for (const auto* const same :
       {"", "https://management-api.x.ai", "https://management-api.x.ai//"}) {
    record.base_url = same;
    EXPECT_TRUE(is_of_service(stage.call(), record)) << same;
  }
  record.base_url = "https://management-api.x.ai/prefix";
  EXPECT_FALSE(is_of_service(stage.call(), record));
}

TEST(Unfinished, IsNotDeletedBecauseAProxySaysSo) {
  for (const bool is_own : {true, false}) {
    RecordStage stage;
    const auto key = (*stage.account).client.send(CreateApiKey{.name = "n"});
    ASSERT_TRUE(key);
    const Record record{.operation = "rotateApiKey", .subject = {{"apiKeyId", key->api_key_id}}};
    fakes::ScriptedTransport gone{
        {is_own ? fakes::answer(404)
                : fakes::answer(404, "<html>", {{"Content-Type", "text/html"}})}};
    stage.account.reach_through(gone.transport());
    const auto found = look_at(stage.call(), record);
    EXPECT_EQ(found.is_deleted, is_own);
    EXPECT_EQ(found.look_error.has_value(), !is_own);
  }
}

TEST(Record, IsWhatStandsBeforeTheFirstNul) {
  const Record record = read_lines(
      line_of({.operation = "createApiKey", .subject = {{"name", "n"}}}) + std::string("\0\n", 2) +
          line_of({.operation = "createApiKey", .subject = {{"name", "stale"}}}),
      "id");
  EXPECT_EQ(record.about("name"), "n");
}

TEST(Running, IsAnotherRunOfTheSameNameOnly) {
  RecordStage stage;
  const auto begin = [&](const std::string& operation, const std::string& name) {
    return RecordFile::create(stage.call(), {.operation = operation, .subject = {{"name", name}}});
  };
  const auto own = begin("createApiKey", "n");
  ASSERT_TRUE(own);
  const auto of_other_name = begin("createApiKey", "m");
  const auto of_other_kind = begin("rotateApiKey", "n");
  const auto at_other_place = RecordFile::create(
      stage.call(),
      {.operation = "createApiKey", .subject = {{"name", "n"}}, .base_url = "https://x"});
  const auto of_other_team = RecordFile::create(
      stage.call(), {.operation = "createApiKey", .subject = {{"name", "n"}}, .team_id = "t"});
  EXPECT_FALSE(is_another_running(stage.call(), own->record));
  {
    const auto same = begin("createApiKey", "n");
    EXPECT_TRUE(is_another_running(stage.call(), own->record));
  }
  // It has ended.
  EXPECT_FALSE(is_another_running(stage.call(), own->record));
}

TEST(Repeated, IsOnlyWhatMayPass) {
  for (const auto kind :
       {management::ErrorKind::malformed_response, management::ErrorKind::invalid_argument}) {
    RecordStage stage;
    int posts = 0;
    stage.account.reach_through(
        [&, next = stage.account.service().transport()](const management::HttpRequest& request)
            -> management::Result<management::HttpResponse> {
          if (request.method != management::Method::post) return next(request);
          ++posts;
          return fakes::failure(management::Outcome::not_sent, kind);
        });
    EXPECT_FALSE(create_api_key(*stage.account, {.name = "n"}));
    EXPECT_EQ(posts, 1);
  }
}

TEST(Repeated, IsNothingThatWouldEndTooLate) {
  for (const bool has_time : {true, false}) {
    RecordStage stage;
    stage.account.control("faults",
                          R"({"method":"POST","status":429,"headers":{"Retry-After":"7"}})");
    const management::CallOptions options{.deadline = std::chrono::seconds{has_time ? 8 : 7}};
    EXPECT_EQ(create_api_key(*stage.account, {.name = "n"}, {}, options).has_value(), has_time);
    EXPECT_EQ(stage.requests("createApiKey"), has_time ? 2U : 1U);
  }
}

}  // namespace
}  // namespace xai::workflows
