#include <gtest/gtest.h>

#include <iostream>
#include <sstream>

#include "fakes/scripted_transport.h"
#include "xai/management/api_keys.h"
#include "xai/management/client.h"

namespace {

using namespace xai::management;

/// A user's whole program, but for where its words go.
int sample(const Transport& transport, std::ostream& out, std::ostream& complaints) {
  Client client{{.management_key = Secret{"key"},
                 .team_id = "team",
                 .region = "us-east-1",
                 .transport = transport}};
  auto key = client.send(CreateApiKey{
      .name = "My App", .acls = {Acl::every_model(), Acl::every_endpoint()}, .qps = 5, .qpm = 100});
  if (!key) {
    complaints << key.error().message << '\n';
    return 1;
  }
  out << "Created API key: " << key->api_key->reveal() << '\n';
  for (auto& page : client.pages(ListApiKeys{})) {
    if (!page) return 1;
    for (const ApiKey& listed : page->api_keys) out << listed.name << '\n';
  }
  return 0;
}

TEST(Sample, MakesAndListsKeys) {
  xai::fakes::ScriptedTransport service{
      {xai::fakes::answer(200, R"({"apiKey":"xai-new"})"),
       xai::fakes::answer(200, R"({"apiKeys":[{"name":"My App"}],"paginationToken":"t"})"),
       xai::fakes::answer(200, R"({"apiKeys":[{"name":"Other"}]})")}};
  std::ostringstream out;
  EXPECT_EQ(sample(service.transport(), out, std::cerr), 0);
  EXPECT_EQ(out.str(), "Created API key: xai-new\nMy App\nOther\n");
}

TEST(Sample, SaysWhatFailed) {
  xai::fakes::ScriptedTransport service{
      {xai::fakes::answer(400, R"({"code":3,"message":"Name must not be empty"})")}};
  std::ostringstream out;
  std::ostringstream complaints;
  EXPECT_EQ(sample(service.transport(), out, complaints), 1);
  EXPECT_EQ(complaints.str(),
            "the service refused the request (HTTP 400): Name must not be empty\n");
}

}  // namespace
