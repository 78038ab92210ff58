#include "fakes/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace xai::fakes {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int bound_socket(int& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if (socket < 0 || ::bind(socket, plain, size) != 0 || ::getsockname(socket, plain, &size) != 0)
    throw std::runtime_error{"no port for a test server"};
  port = ntohs(address.sin_port);
  return socket;
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view name = "Content-Length: ";
  const std::size_t at = head.find(name);
  if (at == std::string_view::npos) return 0;
  std::size_t length = 0;
  std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
  return length;
}

}  // namespace

Connection::~Connection() { close(); }

std::ptrdiff_t Connection::receive(char* bytes, std::size_t size) {
  if (tls_ != nullptr) return SSL_read(tls_, bytes, static_cast<int>(size));
  return ::recv(socket_, bytes, size, 0);
}

std::string Connection::read_request() {
  std::array<char, 4096> bytes{};
  while (true) {
    if (const std::size_t end = buffer_.find("\r\n\r\n"); end != std::string::npos) {
      const std::size_t whole = end + 4 + content_length(buffer_.substr(0, end));
      if (buffer_.size() >= whole) {
        std::string request = buffer_.substr(0, whole);
        buffer_.erase(0, whole);
        return request;
      }
    }
    const auto count = receive(bytes.data(), bytes.size());
    if (count <= 0) return {};
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

void Connection::write(std::string_view bytes) {
  while (!bytes.empty() && socket_ >= 0) {
    const std::ptrdiff_t count = tls_ != nullptr
                                     ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                     : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Connection::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void Connection::close() {
  if (tls_ != nullptr) {
    SSL_shutdown(tls_);
    SSL_free(std::exchange(tls_, nullptr));
  }
  const std::scoped_lock lock{mutex_};
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void Connection::interrupt() {
  const std::scoped_lock lock{mutex_};
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

void Connection::wait_for_end() {
  std::array<char, 4096> bytes{};
  while (receive(bytes.data(), bytes.size()) > 0) {
  }
}

bool Connection::start_tls(ssl_ctx_st* context) {
  // A client that refuses our certificate hangs up while we still write.
  std::signal(SIGPIPE, SIG_IGN);
  tls_ = SSL_new(context);
  SSL_set_fd(tls_, socket_);
  return SSL_accept(tls_) == 1;
}

std::string http_answer(int status, std::string_view body, std::string_view more_headers) {
  std::string answer = "HTTP/1.1 " + std::to_string(status) + " Words\r\n";
  answer.append(more_headers);
  answer += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return answer.append(body);
}

Play play_bytes(std::string bytes) {
  // Else a client that sees the goodbye late sends its next request into a closed connection.
  const std::size_t head = std::min(bytes.rfind("HTTP/1.1 "), bytes.size());
  if (const std::size_t end = bytes.find("\r\n\r\n", head); end != std::string::npos)
    bytes.insert(end, "\r\nConnection: close");
  return [bytes = std::move(bytes)](Connection& connection) {
    if (!connection.read_request().empty()) connection.write(bytes);
  };
}

ScriptedServer::ScriptedServer(std::vector<Play> plays) : plays_{std::move(plays)} {
  listener_ = bound_socket(port_);
  ::listen(listener_, 64);
  acceptor_ = std::jthread{[this] { accept_all(); }};
}

ScriptedServer::~ScriptedServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  // Plays that still wait for the client must not wait for ever.
  {
    const std::scoped_lock lock{mutex_};
    for (const auto& connection : open_) connection->interrupt();
  }
  threads_.clear();
  ::close(listener_);
}

void ScriptedServer::accept_all() {
  while (true) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::scoped_lock lock{mutex_};
    const Play& play = plays_.at(std::min(connections_++, plays_.size() - 1));
    open_.push_back(std::make_shared<Connection>(socket));
    threads_.emplace_back([play, connection = open_.back()] {
      play(*connection);
      connection->close();
    });
  }
}

std::string ScriptedServer::authority() const { return "127.0.0.1:" + std::to_string(port_); }
std::string ScriptedServer::url() const { return "http://" + authority(); }

std::size_t ScriptedServer::connections() {
  const std::scoped_lock lock{mutex_};
  return connections_;
}

void Record::add(std::string text) {
  const std::scoped_lock lock{mutex_};
  texts_.push_back(std::move(text));
}

std::vector<std::string> Record::all() {
  const std::scoped_lock lock{mutex_};
  return texts_;
}

int closed_port() {
  int port = 0;
  ::close(bound_socket(port));
  return port;
}

}  // namespace xai::fakes
