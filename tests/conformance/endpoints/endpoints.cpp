#include <cstdlib>
#include <thread>
#include <utility>

#include "conformance/endpoints/endpoint.h"
#include "emulator/server.h"
#include "fakes/test_certificates.h"

namespace xai::conformance {

using emulator::Emulator;
using emulator::Server;
using management::ClientOptions;
using management::HttpRequest;
using management::Method;
using management::Secret;

namespace {

std::unique_ptr<Emulator> make_emulator() {
  auto opened = Emulator::open({.now = management::Timestamp{std::chrono::days{20'000}},
                                .management_key = Secret{management_key},
                                .team_id = team,
                                .propagation = std::chrono::seconds{30}});
  if (!opened) std::abort();
  return *std::move(opened);
}

ClientOptions options_of(std::string base_url) {
  ClientOptions options{.management_key = Secret{management_key}, .team_id = team};
  options.inference_base_url = base_url + "/_emulator/clusters/{region}";
  options.base_url = std::move(base_url);
  return options;
}

/// An emulator on a socket, served by a thread of this process.
struct Served {
  explicit Served(const emulator::ServerOptions& options)
      : service{make_emulator()},
        server{Server::listen(*service, options).value()},
        thread{[this] { server.run(); }} {}
  ~Served() {
    server.stop();
    thread.join();
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  std::unique_ptr<Emulator> service;
  Server server;
  std::thread thread;
};

void advance(Emulator& service, const std::string& span) {
  const HttpRequest request{.method = Method::post,
                            .target = "/_emulator/clock",
                            .body = R"({"advance":")" + span + "\"}"};
  if (service.handle(request).response.status != 200) std::abort();
}

template <class Kept>
std::shared_ptr<const Endpoint> keep(std::shared_ptr<Kept> kept, Endpoint endpoint) {
  auto pair = std::make_shared<std::pair<std::shared_ptr<Kept>, Endpoint>>(std::move(kept),
                                                                           std::move(endpoint));
  return {pair, &pair->second};
}

std::shared_ptr<const Endpoint> in_process() {
  std::shared_ptr<Emulator> service = make_emulator();
  Emulator* raw = service.get();
  const auto options = [raw] {
    ClientOptions given = options_of("http://127.0.0.1");
    given.transport = raw->transport();
    return given;
  };
  return keep(service, {"process", options, [raw](auto& span) { advance(*raw, span); }});
}

std::shared_ptr<const Endpoint> on_socket(const std::string& name,
                                          const emulator::ServerOptions& server_options,
                                          const std::string& ca_file) {
  auto served = std::make_shared<Served>(server_options);
  Served* raw = served.get();
  const auto options = [raw, ca_file] {
    ClientOptions given = options_of(raw->server.address());
    given.ca_file = ca_file;
    return given;
  };
  return keep(served, {name, options, [raw](auto& span) { advance(*raw->service, span); }});
}

}  // namespace

std::shared_ptr<const Endpoint> start(const std::string& name) {
  if (name == "process") return in_process();
  if (name == "socket") return on_socket(name, {}, "");
  static const fakes::TestCertificates certificates{"IP:127.0.0.1"};
  const std::string directory = certificates.directory();
  return on_socket(name,
                   {.tls_cert = directory + "/server.pem", .tls_key = directory + "/server.key"},
                   certificates.ca_file());
}

}  // namespace xai::conformance
