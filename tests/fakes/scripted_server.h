#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace xai::fakes {

/// The server's end of one connection.
class Connection {
 public:
  explicit Connection(int socket) : socket_{socket} {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// One whole request, body by Content-Length included; empty when the client has gone.
  std::string read_request();
  void write(std::string_view bytes);
  /// Ends with a reset instead of a farewell.
  void reset();
  void close();
  /// Waits until the client has gone.
  void wait_for_end();
  /// Speaks TLS from here on; false when the client refuses.
  bool start_tls(ssl_ctx_st* context);
  /// From another thread: ends every wait of this one.
  void interrupt();

 private:
  std::ptrdiff_t receive(char* bytes, std::size_t size);

  std::mutex mutex_{};  ///< Guards `socket_` against `interrupt`.
  int socket_;
  ssl_st* tls_{};
  std::string buffer_{};
};

/// What to do with a connection, from its first byte on.
using Play = std::function<void(Connection&)>;

/// A whole answer with Content-Length.
std::string http_answer(int status, std::string_view body, std::string_view more_headers = {});

/// Reads one request and writes `bytes`, whatever they are, then says goodbye; an answer with whole
/// headers says so in them.
Play play_bytes(std::string bytes);

/// Listens on a port of 127.0.0.1 that the system picks. The n-th connection gets the n-th play,
/// all later ones the last; every request read is kept. Connections run in threads of their own.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<Play> plays);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::string authority() const;
  std::size_t connections();

 private:
  void accept_all();

  std::vector<Play> plays_;
  int listener_{-1};
  int port_{};
  std::mutex mutex_{};
  std::size_t connections_{};
  std::vector<std::shared_ptr<Connection>> open_{};
  std::vector<std::jthread> threads_{};
  std::jthread acceptor_{};
};

/// Keeps texts that several threads bring.
class Record {
 public:
  void add(std::string text);
  std::vector<std::string> all();

 private:
  std::mutex mutex_{};
  std::vector<std::string> texts_{};
};

/// A port that nobody listens on.
int closed_port();

}  // namespace xai::fakes
