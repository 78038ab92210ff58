#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "emulator/emulator.h"

namespace xai::emulator {

struct ServerOptions {
  std::uint16_t port{};    ///< 0: the system picks one.
  std::string tls_cert{};  ///< PEM; with `tls_key`, TLS is all that is spoken.
  std::string tls_key{};
  std::chrono::milliseconds idle_limit{60'000};  ///< Of connections; see Stream.
  bool ends_on_signals{};                        ///< SIGINT and SIGTERM end `run`.
};

/// An Emulator on the loopback address, HTTP/1.1, one thread. When the process may open no more
/// files, the connection that has been idle longest makes room for the next.
class Server {
 public:
  /// Listens, so that the address is known and connections wait. `emulator` must outlive it.
  /// Errors: unavailable for a port that is taken; invalid_argument for a bad certificate.
  static management::Result<Server> listen(Emulator& emulator, const ServerOptions& options);
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  /// `http://127.0.0.1:PORT`, or https.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] std::uint16_t port() const;

  /// Serves until `stop`, or a signal.
  void run();
  /// Ends `run` at once, from any thread; connections are closed.
  void stop();

 private:
  struct Sockets;
  explicit Server(std::unique_ptr<Sockets> sockets);
  std::unique_ptr<Sockets> sockets_;
};

}  // namespace xai::emulator
