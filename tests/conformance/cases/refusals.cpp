#include "conformance/endpoints/endpoint.h"
#include "xai/management/api_keys.h"
#include "xai/management/models.h"

namespace xai::conformance {
namespace {

using namespace management;

class Refusals : public Conformance {
 protected:
  template <class Answer>
  static void expect(const Result<Answer>& answer, ErrorKind kind, int status) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, kind) << answer.error().message;
    EXPECT_EQ(answer.error().outcome, Outcome::refused);
    EXPECT_EQ(answer.error().http_status, status);
    EXPECT_EQ(answer.error().message.find('\n'), std::string::npos);
  }
};

TEST_P(Refusals, AKeyThatIsNone) {
  expect(client_with("xai-token-other").send(ListApiKeys{}), ErrorKind::unauthenticated, 401);
}

TEST_P(Refusals, ATeamIdThatIsNone) {
  expect(client.send(ListApiKeys{.team_id = "default"}), ErrorKind::invalid_argument, 400);
}

TEST_P(Refusals, AnotherTeam) {
  expect(client.send(ListTeamModels{.team_id = "99999999-2222-4333-8444-555555555555"}),
         ErrorKind::not_found, 404);
}

TEST_P(Refusals, AnEmptyName) {
  expect(client.send(CreateApiKey{}), ErrorKind::invalid_argument, 400);
}

TEST_P(Refusals, AKeyThatIsNotThere) {
  const std::string id = "00000000-0000-4000-8000-000000000000";
  expect(client.send(DeleteApiKey{id}), ErrorKind::not_found, 404);
  expect(client.send(RotateApiKey{id}), ErrorKind::not_found, 404);
  expect(client.send(UpdateApiKey::of(id, {.name = "x"})), ErrorKind::not_found, 404);
  expect(client.send(CheckApiKeyPropagation{id}), ErrorKind::not_found, 404);
}

TEST_P(Refusals, AChangeOfNothing) {
  const auto made = client.send(CreateApiKey{.name = "app"});
  ASSERT_TRUE(made);
  expect(client.send(UpdateApiKey{.api_key_id = made->api_key_id}), ErrorKind::invalid_argument,
         400);
}

XAI_EVERYWHERE(Refusals);

}  // namespace
}  // namespace xai::conformance
