#include "emulator/emulated.h"
#include "wire/rows.h"

// The emulator as the service behind a Client, in this process.
namespace xai::emulator::test {
namespace {

using management::CreateApiKey;
using management::Outcome;

HttpRequest create_request() {
  HttpRequest request = wire::to_request(CreateApiKey{.team_id = std::string{team}, .name = "x"});
  request.base_url = "https://management-api.x.ai";
  request.credential = Secret{std::string{key}};
  return request;
}

TEST(EmulatorTransport, AnswersWhatTheClientSends) {
  Emulated emulated;
  const auto answer = emulated.emulator->transport()(create_request());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  const auto document = json::Document::parse(answer->body);
  const auto made = wire::decode<management::ApiKey>(document->root());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->name, "x");
  EXPECT_FALSE(made->api_key->empty());
}

TEST(EmulatorTransport, AnswersEveryOperation) {
  Emulated emulated;
  const std::string id = emulated.create("x").text("apiKeyId");
  const std::string team_id{team};
  const auto status = [&](HttpRequest request) {
    request.credential = Secret{std::string{key}};
    return emulated.emulator->transport()(request)->status;
  };
  using namespace management;
  EXPECT_EQ(status(wire::to_request(ListApiKeys{.team_id = team_id})), 200);
  EXPECT_EQ(status(wire::to_request(CheckApiKeyPropagation{.api_key_id = id})), 200);
  EXPECT_EQ(status(wire::to_request(ListTeamModels{.team_id = team_id})), 200);
  EXPECT_EQ(status(wire::to_request(ListPossibleEndpointAcls{.team_id = team_id})), 200);
  EXPECT_EQ(status(wire::to_request(ValidateManagementKey{})), 200);
  EXPECT_EQ(status(wire::to_request(DeleteApiKey{.api_key_id = id})), 200);
}

TEST(EmulatorTransport, SendsHostsOfTheServiceToTheirCluster) {
  Options slow = options();
  slow.propagation = 30s;
  Emulated emulated{slow};
  const Secret secret{emulated.create("x").text("apiKey")};
  emulated.advance("10s");
  const auto status = [&](std::string base_url) {
    HttpRequest request = wire::to_request(management::GetInferenceApiKeyInfo{.api_key = secret});
    request.base_url = std::move(base_url);
    return emulated.emulator->transport()(request)->status;
  };
  EXPECT_EQ(status("https://us-east-1.api.x.ai"), 200);
  EXPECT_EQ(status("https://eu-west-1.api.x.ai"), 400);
  EXPECT_EQ(status("https://api.x.ai"), 400);
  EXPECT_EQ(status("https://mars.api.x.ai"), 404);
  EXPECT_EQ(status("http://127.0.0.1:1/_emulator/clusters/us-east-1"), 200);
}

TEST(EmulatorTransport, TellsOfCutConnectionsAsUnknown) {
  Emulated emulated;
  emulated.post("/_emulator/faults", R"({"reset":true,"when":"after"})");
  const auto lost = emulated.emulator->transport()(create_request());
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, management::ErrorKind::unavailable);
  EXPECT_EQ(lost.error().outcome, Outcome::unknown);
  EXPECT_EQ(emulated.commits(), 1U);
}

TEST(EmulatorTransport, GivesUpWhereTheCallerWould) {
  Emulated emulated;
  HttpRequest request = create_request();
  request.timeout = 1s;
  emulated.post("/_emulator/faults", R"({"delay":"999ms"})");
  EXPECT_TRUE(emulated.emulator->transport()(request));
  emulated.post("/_emulator/faults", R"({"delay":"1s"})");
  const auto late = emulated.emulator->transport()(request);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().outcome, Outcome::unknown);
  // Giving up does not stop the service.
  EXPECT_EQ(emulated.commits(), 2U);
  request.timeout = 0ms;
  emulated.post("/_emulator/faults", R"({"delay":"1h"})");
  EXPECT_TRUE(emulated.emulator->transport()(request));
}

}  // namespace
}  // namespace xai::emulator::test
