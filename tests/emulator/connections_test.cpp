#include <unistd.h>

#include <fstream>
#include <memory>

#include "emulator/child.h"
#include "emulator/served.h"
#include "fakes/test_certificates.h"

// Connections that stay, and more of them than there are files.
namespace xai::emulator::test {
namespace {

/// The real program, with few files.
struct Cramped {
  static constexpr int files_max = 40;

  Cramped()
      : child{{"/bin/sh", "-c", "ulimit -n " + std::to_string(files_max) + R"( && exec "$0" "$@")",
               XAI_EMULATOR, "--management-key", std::string{key}, "--team-id",
               std::string{team}}} {
    const std::string address = child.read_line();
    port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
  }

  /// Processor time since the start, in seconds.
  double processor_seconds() {
    std::ifstream stat{"/proc/" + std::to_string(child.id()) + "/stat"};
    std::string field;
    double ticks = 0;
    for (int i = 1; i <= 15 && stat >> field; ++i)
      if (i >= 14) ticks += std::stod(field);
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }

  Child child;
  std::uint16_t port{};
};

using Clients = std::vector<std::unique_ptr<RawClient>>;

TEST(Connections, TheLongestIdleMakesRoomAtTheLimitOfFiles) {
  Cramped emulator;
  Clients clients;
  const std::string validate = Served::request("GET", "/auth/management-keys/validation");
  for (int i = 0; i < 2 * Cramped::files_max; ++i) {
    clients.push_back(std::make_unique<RawClient>(emulator.port));
    clients.back()->send(validate);
    ASSERT_EQ(status_of(clients.back()->receive()), 200) << i;
    // This one is never idle for long, so it stays.
    clients.front()->send(validate);
    ASSERT_EQ(status_of(clients.front()->receive()), 200) << i;
  }
  EXPECT_EQ(clients[1]->receive_all(), "");
  clients.back()->send(validate);
  EXPECT_EQ(status_of(clients.back()->receive()), 200);
}

TEST(Connections, SilentOnesMakeRoomToo) {
  Cramped emulator;
  Clients silent;
  for (int i = 0; i < 3 * Cramped::files_max; ++i) {
    silent.push_back(std::make_unique<RawClient>(emulator.port));
    if (i % 2 == 0) silent.back()->send("GET / HTTP/1.1\r\nHo");
  }
  RawClient client{emulator.port};
  client.send(Served::request("GET", "/auth/management-keys/validation"));
  EXPECT_EQ(status_of(client.receive()), 200);
}

TEST(Connections, NobodySpinsOrStarvesWhileAllAreBusy) {
  Cramped emulator;
  RawClient control{emulator.port};
  control.send(Served::request("POST", "/_emulator/faults",
                               R"({"path":"/nowhere","delay":"1500ms","times":0})"));
  ASSERT_EQ(status_of(control.receive()), 200);
  Clients clients;
  for (int i = 0; i < 2 * Cramped::files_max; ++i) {
    clients.push_back(std::make_unique<RawClient>(emulator.port));
    clients.back()->send(Served::request("GET", "/nowhere"));
  }
  const double before = emulator.processor_seconds();
  EXPECT_EQ(status_of(clients.front()->receive()), 404);
  EXPECT_LT(emulator.processor_seconds() - before, 0.5);
  clients.erase(clients.begin());
  for (const auto& client : clients) EXPECT_EQ(status_of(client->receive()), 404);
}

ServerOptions short_idle_limit() { return {.idle_limit = 200ms}; }

TEST(Connections, EndWhenTheirClientIsSilent) {
  Served served{short_idle_limit()};
  RawClient silent{served.server.port()};
  EXPECT_EQ(silent.receive_all(), "");
  RawClient halting{served.server.port()};
  halting.send("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{");
  EXPECT_EQ(halting.receive_all(), "");
  RawClient done{served.server.port()};
  done.send(Served::request("GET", "/auth/management-keys/validation"));
  EXPECT_EQ(status_of(done.receive()), 200);
  EXPECT_EQ(done.receive_all(), "");
}

TEST(Connections, OfTlsEndBeforeAnyHandshake) {
  const fakes::TestCertificates certificates{"IP:127.0.0.1"};
  ServerOptions options = short_idle_limit();
  options.tls_cert = certificates.directory() + "/server.pem";
  options.tls_key = certificates.directory() + "/server.key";
  Served served{options};
  RawClient silent{served.server.port()};
  EXPECT_EQ(silent.receive_all(), "");
}

TEST(Connections, WaitForTheEmulatorAsLongAsItTakes) {
  Served served{short_idle_limit()};
  set_fault(served, R"({"path":"/nowhere","delay":"500ms"})");
  set_fault(served, R"({"path":"/elsewhere","bytesPerSecond":600})");
  RawClient client{served.server.port()};
  client.send(Served::request("GET", "/nowhere"));
  EXPECT_EQ(status_of(client.receive()), 404);
  client.send(Served::request("GET", "/elsewhere"));
  EXPECT_EQ(status_of(client.receive()), 404);
}

}  // namespace
}  // namespace xai::emulator::test
