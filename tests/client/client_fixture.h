#pragma once

#include <string>
#include <utility>
#include <vector>

#include "client/seams.h"
#include "fakes/manual_time.h"
#include "fakes/scripted_server.h"
#include "fakes/scripted_transport.h"
#include "xai/management/api_keys.h"
#include "xai/management/client.h"
#include "xai/management/endpoint_acls.h"
#include "xai/management/management_keys.h"
#include "xai/management/models.h"

namespace xai::client {

using fakes::answer;
using fakes::no_answer;
using fakes::not_sent;
using management::Client;
using management::ClientOptions;
using management::CreateApiKey;
using management::DeleteApiKey;
using management::Error;
using management::ErrorKind;
using management::GetInferenceApiKeyInfo;
using management::HttpRequest;
using management::HttpResponse;
using management::ListApiKeys;
using management::ListTeamModels;
using management::Method;
using management::Outcome;
using management::Reason;
using management::Result;
using management::Secret;
using management::ValidateManagementKey;
using std::chrono::milliseconds;

/// A Client whose service, clock and chance are scripted.
class FakeClient {
 public:
  explicit FakeClient(std::vector<Result<HttpResponse>> answers, ClientOptions options = defaults())
      : service_{std::move(answers)}, client_{make(std::move(options))} {}

  static ClientOptions defaults() {
    return {.management_key = Secret{"xai-token-canary"}, .team_id = "team-1"};
  }

  Client& operator*() { return client_; }
  Client* operator->() { return &client_; }
  std::vector<HttpRequest> requests() { return service_.requests(); }
  fakes::ManualTime& time() { return time_; }

  /// `METHOD target` of every request.
  std::vector<std::string> asked() {
    std::vector<std::string> result;
    for (const auto& request : service_.requests())
      result.push_back(std::string{name_of(request.method)} + " " + request.target);
    return result;
  }

 private:
  Client make(ClientOptions options) {
    options.transport = service_.transport();
    return make_client(std::move(options), {time_.clock(), time_.sleep(), time_.random()});
  }

  fakes::ManualTime time_{};
  fakes::ScriptedTransport service_;
  Client client_;
};

/// The whole pipeline, libcurl included, against a server that reads one request per connection.
inline Client client_of(const fakes::ScriptedServer& server, fakes::ManualTime& time,
                        ClientOptions options = {}) {
  options.management_key = Secret{"xai-token-canary"};
  options.base_url = server.url();
  return make_client(std::move(options), {time.clock(), time.sleep(), time.random()});
}

}  // namespace xai::client
