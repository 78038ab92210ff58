#include "client/salvage.h"

#include <gtest/gtest.h>

#include "client/client_fixture.h"

namespace xai::client {
namespace {

const std::string whole_answer =
    R"({"redactedApiKey":"xai-...oYZ4","apiKey":"xai-secret","name":"n","apiKeyId":"k-1"})";

/// A service whose answers break off after `size` bytes of the body.
management::Transport cut_after(std::size_t size, int status = 200) {
  return [=](const HttpRequest& request) -> Result<HttpResponse> {
    if (request.salvage)
      request.salvage({.status = status,
                       .headers = {{"date", "Sun, 06 Nov 1994 08:49:37 GMT"}},
                       .body = whole_answer.substr(0, size)});
    return no_answer();
  };
}

Client client_on(management::Transport transport) {
  return Client{{.management_key = Secret{"xai-token-canary"},
                 .team_id = "team-1",
                 .transport = std::move(transport)}};
}

TEST(Salvage, BringsASecretOnceItsClosingQuoteHasCome) {
  const std::size_t secret_end =
      whole_answer.find("xai-secret") + std::string{"xai-secret\""}.size();
  for (std::size_t size = 0; size < whole_answer.size(); ++size) {
    const auto key = client_on(cut_after(size)).send(CreateApiKey{.name = "n"});
    ASSERT_EQ(key.has_value(), size >= secret_end) << size;
    if (key)
      EXPECT_EQ(key->api_key->reveal(), "xai-secret");
    else
      EXPECT_EQ(key.error().outcome, Outcome::unknown);
  }
}

TEST(Salvage, LeavesMembersThatDidNotComeEmpty) {
  const auto key = client_on(cut_after(whole_answer.find("\"name\"")))
                       .send(management::RotateApiKey{.api_key_id = "k-1"});
  ASSERT_TRUE(key);
  EXPECT_EQ(key->redacted_api_key, "xai-...oYZ4");
  EXPECT_TRUE(key->name.empty());
}

TEST(Salvage, TakesNothingFromARefusal) {
  EXPECT_FALSE(client_on(cut_after(whole_answer.size() - 1, 403)).send(CreateApiKey{.name = "n"}));
}

TEST(Salvage, IsNotForOperationsThatMintNothing) {
  const auto key = client_on([](const HttpRequest& request) -> Result<HttpResponse> {
                     EXPECT_FALSE(request.salvage) << request.target;
                     return no_answer();
                   }).send(management::UpdateApiKey::of("k-1", {.name = "new"}));
  EXPECT_FALSE(key);
}

TEST(Salvage, AnAnswerWithoutASecretIsNoSuccess) {
  for (const auto* body : {"{}", R"({"apiKey":null})", R"({"apiKey":""})"}) {
    FakeClient client{{answer(200, body)}};
    const auto key = client->send(CreateApiKey{.name = "n"});
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().outcome, Outcome::unknown);
    EXPECT_EQ(key.error().kind, ErrorKind::malformed_response);
  }
}

}  // namespace
}  // namespace xai::client
