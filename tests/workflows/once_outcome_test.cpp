#include <gtest/gtest.h>

#include "base/time_text.h"
#include "fakes/scripted_transport.h"
#include "workflows/once.h"
#include "workflows/record_stage.h"

namespace xai::workflows {
namespace {

using management::CreateApiKey;
using management::Outcome;
using management::RotateApiKey;
using management::Warning;
using test::RecordStage;

/// Sends a create and leaves it as it then stands.
management::Result<void> send_create(RecordStage& stage) {
  auto once = TRY(Once<CreateApiKey>::begin(stage.call(), {.name = "n"}));
  return once.send(stage.call());
}

/// Answers all requests of `method` alike, whether or not they are sent on to the service.
management::Transport answering(RecordStage& stage, management::Method method,
                                const management::HttpResponse& answer, bool is_sent_on) {
  return
      [&stage, method, answer, is_sent_on, next = stage.account.service().transport()](
          const management::HttpRequest& request) -> management::Result<management::HttpResponse> {
        if (request.method != method) return next(request);
        if (is_sent_on) (void)next(request);
        return answer;
      };
}

TEST(Once, MakesOneKeyWhateverTheServiceAnswersWith) {
  for (const int status : {400, 401, 402, 403, 404, 405, 407, 408, 409, 412, 413, 418,
                           422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 599})
    for (const bool is_own : {true, false})
      for (const bool is_made : {true, false}) {
        RecordStage stage;
        const auto response =
            is_own ? fakes::answer(status)
                   : fakes::answer(status, "<html>No.</html>", {{"Content-Type", "text/html"}});
        stage.account.reach_through(answering(stage, management::Method::post, response, is_made));
        const auto sent = send_create(stage);
        ASSERT_FALSE(sent);
        const auto outcome = sent.error().outcome;
        const bool is_refusal = is_own && fakes::answer(status).body != "{}";
        const bool is_throttled = is_refusal && status == 429;
        if (is_throttled)
          EXPECT_EQ(outcome, is_made ? Outcome::unknown : Outcome::throttled);
        else
          EXPECT_EQ(outcome, is_refusal ? Outcome::refused : Outcome::unknown) << status;
        EXPECT_EQ(stage.requests("createApiKey"), is_made ? 1U : 0U) << status;
        EXPECT_EQ(stage.records().size(), outcome == Outcome::unknown ? 1U : 0U) << status;
      }
}

TEST(Once, WasNeverReachedWhereAProxyAnswersTheLookAlike) {
  RecordStage stage;
  fakes::ScriptedTransport proxy{{fakes::answer(404, "<html>No.</html>")}};
  stage.account.reach_through(proxy.transport());
  const auto sent = send_create(stage);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().outcome, Outcome::refused);
  EXPECT_TRUE(stage.records().empty());
}

TEST(Once, DoesNotRepeatAThrottleThatNobodyCanLookBehind) {
  RecordStage stage;
  stage.account.control("faults", R"({"method":"POST","status":429,"times":0})");
  stage.account.control(
      "faults", R"({"path":"/auth/teams/*/api-keys","method":"GET","status":403,"times":0})");
  const auto sent = send_create(stage);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().outcome, Outcome::unknown);
  EXPECT_EQ(stage.records().size(), 1U);
}

TEST(Once, TellsAThrottledRotationFromOneThatWasMade) {
  for (const bool is_made : {true, false}) {
    RecordStage stage;
    const auto key = (*stage.account).client.send(CreateApiKey{.name = "n"});
    ASSERT_TRUE(key);
    stage.account.pass(std::chrono::seconds{5});
    stage.account.reach_through(
        answering(stage, management::Method::post, fakes::answer(429), is_made));
    for (const bool is_known : {true, false}) {
      Subject known;
      if (is_known)
        known = {{"redactedApiKey", key->redacted_api_key},
                 {"modifyTime", base::format_rfc3339(*key->modify_time)}};
      auto once = Once<RotateApiKey>::begin(stage.call(), {.api_key_id = key->api_key_id}, {},
                                            std::move(known));
      ASSERT_TRUE(once);
      const auto sent = once->send(stage.call());
      ASSERT_FALSE(sent);
      EXPECT_EQ(sent.error().outcome, is_made && is_known ? Outcome::unknown : Outcome::throttled);
    }
  }
}

TEST(Once, RecordsTheServicesTimeBeforeItSends) {
  RecordStage stage;
  stage.account.control("clock", R"({"advance":"3600s"})");
  auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"});
  ASSERT_TRUE(once);
  const Record record = stage.records().front();
  ASSERT_TRUE(record.service_start);
  EXPECT_EQ(*record.service_start - record.start, std::chrono::hours{1});
}

TEST(Once, TellsWhatCameOutOtherwise) {
  struct Case {
    std::string member;
    std::string value;
    std::string name;
  };
  for (const Case& one : {Case{"aclStrings", R"(["api-key:model:*"])", "aclStrings"},
                          Case{"qps", "50", "qps"}, Case{"name", R"("other")", "name"}}) {
    RecordStage stage;
    stage.account.reach_through(
        [&, next = stage.account.service().transport()](const management::HttpRequest& request)
            -> management::Result<management::HttpResponse> {
          auto answer = next(request);
          const std::string from = R"(")" + one.member + R"(":)";
          for (std::size_t at = answer->body.find(from); at != std::string::npos;
               at = answer->body.find(from, at + 1)) {
            const std::size_t begin = at + from.size();
            const std::size_t end = answer->body[begin] == '['
                                        ? answer->body.find(']', begin) + 1
                                        : answer->body.find_first_of(",}", begin);
            answer->body.replace(begin, end - begin, one.value);
          }
          return answer;
        });
    auto once = Once<CreateApiKey>::begin(
        stage.call(), {.name = "n", .acls = {management::Acl::every_endpoint()}, .qps = 5});
    ASSERT_TRUE(once && once->send(stage.call()));
    EXPECT_EQ(once->differences(), std::vector{one.name});
    EXPECT_FALSE(stage.records().front().secret.empty());
  }
}

TEST(Once, TakesTheListsWordForWhatTheAnswerLacks) {
  for (const bool may_list : {true, false}) {
    RecordStage stage;
    stage.account.reach_through(
        [&, next = stage.account.service().transport()](const management::HttpRequest& request)
            -> management::Result<management::HttpResponse> {
          if (!may_list && request.target.contains("api-keys?")) return fakes::answer(403);
          auto answer = next(request);
          if (request.method != management::Method::post) return answer;
          answer->body.replace(answer->body.find(R"("qps":5)"), 7, R"("qps":9)");
          return answer;
        });
    auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n", .qps = 5});
    ASSERT_TRUE(once && once->send(stage.call()));
    EXPECT_TRUE(once->differences().empty());
    EXPECT_EQ(stage.account.events<Warning>().size(), may_list ? 0U : 1U);
  }
}

}  // namespace
}  // namespace xai::workflows
