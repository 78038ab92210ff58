#include "emulator/server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "base/try.h"
#include "emulator/connection.h"
#include "emulator/connections.h"
#include "emulator/limits.h"

namespace xai::emulator {

namespace asio = boost::asio;
using asio::ip::tcp;
using management::Error;
using management::Result;

namespace {

Error failure(management::ErrorKind kind, std::string message) {
  return {.kind = kind, .message = std::move(message)};
}

Result<std::optional<asio::ssl::context>> load_tls(const ServerOptions& options) {
  std::optional<asio::ssl::context> tls;
  if (options.tls_cert.empty() && options.tls_key.empty()) return tls;
  tls.emplace(asio::ssl::context::tls_server);
  boost::system::error_code code;
  if (tls->use_certificate_chain_file(options.tls_cert, code))
    return std::unexpected(
        failure(management::ErrorKind::invalid_argument,
                "cannot use the certificate " + options.tls_cert + ": " + code.message()));
  if (tls->use_private_key_file(options.tls_key, asio::ssl::context::pem, code))
    return std::unexpected(
        failure(management::ErrorKind::invalid_argument,
                "cannot use the private key " + options.tls_key + ": " + code.message()));
  return tls;
}

/// Files are numbered from the lowest free one on. A few are kept for the database and for time
/// zones, which are opened while a request is answered.
bool is_among_last_files(int file) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return false;
  return static_cast<rlim_t>(file) + limits::files_kept_free >= limit.rlim_cur;
}

}  // namespace

struct Server::Sockets {
  Emulator* emulator;
  std::chrono::milliseconds idle_limit;
  std::optional<asio::ssl::context> tls;
  Connections connections{};
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::signal_set signals{context};

  asio::awaitable<void> accept() {
    while (true) {
      auto [code, socket] = co_await acceptor.async_accept(as_tuple);
      if (code == asio::error::operation_aborted) co_return;
      if (code) {
        // A client that is gone again leaves nothing to be done; too many files want one closed.
        if (code != asio::error::connection_aborted) co_await make_room();
        continue;
      }
      if (is_among_last_files(socket.native_handle())) co_await make_room();
      boost::system::error_code ignored;
      (void)socket.set_option(tcp::no_delay{true}, ignored);
      const Service service{.emulator = *emulator,
                            .connections = connections,
                            .tls = tls ? &*tls : nullptr,
                            .idle_limit = idle_limit};
      asio::co_spawn(context, serve(service, std::move(socket)), asio::detached);
    }
  }

  /// Without anything to close, waits until one of those who are served comes to its end.
  asio::awaitable<void> make_room() {
    const std::size_t before = connections.size();
    while (!connections.close_longest_idle()) {
      asio::steady_timer timer{context, limits::no_room_pause};
      co_await timer.async_wait(as_tuple);
      if (connections.size() < before || before == 0) co_return;
    }
  }
};

Server::Server(std::unique_ptr<Sockets> sockets) : sockets_{std::move(sockets)} {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::listen(Emulator& emulator, const ServerOptions& options) {
  auto tls = TRY(load_tls(options));
  std::unique_ptr<Sockets> sockets{
      new Sockets{.emulator = &emulator, .idle_limit = options.idle_limit, .tls = std::move(tls)}};
  const tcp::endpoint endpoint{asio::ip::address_v4::loopback(), options.port};
  boost::system::error_code code;
  tcp::acceptor& acceptor = sockets->acceptor;
  (void)acceptor.open(endpoint.protocol(), code);
  if (!code) (void)acceptor.set_option(tcp::acceptor::reuse_address{true}, code);
  if (!code) (void)acceptor.bind(endpoint, code);
  if (!code) (void)acceptor.listen(asio::socket_base::max_listen_connections, code);
  if (code)
    return std::unexpected(failure(
        management::ErrorKind::unavailable,
        "cannot listen on 127.0.0.1:" + std::to_string(options.port) + ": " + code.message()));
  // A command that runs beside us must not keep the port.
  ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
  // OpenSSL writes without MSG_NOSIGNAL, and a client may be gone by then.
  ::signal(SIGPIPE, SIG_IGN);
  if (options.ends_on_signals) {
    (void)sockets->signals.add(SIGINT, code);
    (void)sockets->signals.add(SIGTERM, code);
    sockets->signals.async_wait(
        [context = &sockets->context](const boost::system::error_code& aborted, int) {
          if (!aborted) context->stop();
        });
  }
  asio::co_spawn(sockets->context, sockets->accept(), asio::detached);
  return Server{std::move(sockets)};
}

std::string Server::address() const {
  return (sockets_->tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port());
}

std::uint16_t Server::port() const {
  boost::system::error_code ignored;
  return sockets_->acceptor.local_endpoint(ignored).port();
}

void Server::run() { sockets_->context.run(); }

void Server::stop() { sockets_->context.stop(); }

}  // namespace xai::emulator
