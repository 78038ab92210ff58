#include <gtest/gtest.h>

#include "client/client_fixture.h"

namespace xai::client {
namespace {

TEST(Answers, ThatMakeNoSenseLeaveAWriteOpenAndAReadUnanswered) {
  for (const auto* const body : {"", "<html>", "[]", "null", "7", R"({"name":7})", R"({"name":"n")",
                                 "{\"name\":\"\xff\"}"}) {
    FakeClient client{{answer(200, body, {{"x-request-id", "r-1"}})}};
    const auto write = client->send(CreateApiKey{.name = "n"});
    ASSERT_FALSE(write) << body;
    EXPECT_EQ(write.error().kind, ErrorKind::malformed_response);
    EXPECT_EQ(write.error().outcome, Outcome::unknown);
    EXPECT_EQ(write.error().http_status, 200);
    EXPECT_EQ(write.error().request_id, "r-1");
    const auto read = client->send(ValidateManagementKey{});
    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().kind, ErrorKind::malformed_response);
    EXPECT_EQ(read.error().outcome, Outcome::unanswered);
    EXPECT_EQ(client.requests().size(), 2U);
  }
}

TEST(Answers, ThatNestTooDeepAreRefused) {
  FakeClient client{{answer(200, std::string(100'000, '['))}};
  const auto keys = client->send(ListApiKeys{});
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().kind, ErrorKind::malformed_response);
}

TEST(Answers, ToADeleteMayBeEmpty) {
  FakeClient client{{answer(200, "")}};
  EXPECT_TRUE(client->send(DeleteApiKey{.api_key_id = "k-1"}));
  EXPECT_EQ(client.requests().size(), 1U);
}

TEST(Answers, ToAReadHaveTheStatus200) {
  for (const int status : {201, 202, 203, 204, 206, 226}) {
    FakeClient client{{answer(status, R"({"apiKeys":[]})")}};
    const auto keys = client->send(ListApiKeys{});
    ASSERT_FALSE(keys) << status;
    EXPECT_EQ(keys.error().kind, ErrorKind::malformed_response) << status;
  }
}

TEST(Answers, ThatHoldAnErrorAreNoAnswers) {
  for (const char* const body :
       {R"({"code":13,"message":"m","details":[]})", R"({"error":"m"})", R"({"message":"m"})",
        R"({"code":"internal","error":"m"})", R"({"error":{"message":"m"}})"}) {
    FakeClient client{{answer(200, body)}};
    const auto keys = client->send(ListApiKeys{});
    ASSERT_FALSE(keys) << body;
    EXPECT_EQ(keys.error().kind, ErrorKind::malformed_response) << body;
  }
}

}  // namespace
}  // namespace xai::client
