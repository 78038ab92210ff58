// Bytes → a connection to the emulator's own server: no crash, it ends when the client has said
// all, and what comes back is whole answers of HTTP, read strictly.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <string>
#include <thread>

#include "base/file.h"
#include "emulator/server.h"
#include "input.h"
#include "opened_emulator.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

base::File connected_to(std::uint16_t port) {
  base::File file{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // A reset at the end, since thousands of ends a second would take all ports for a minute.
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(file.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(file.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const void* const place = &address;
  require(::connect(file.get(), static_cast<const sockaddr*>(place), sizeof address) == 0,
          "the server takes a connection");
  return file;
}

/// All that comes back when the client says `bytes`, and then no more.
std::string exchange(std::uint16_t port, std::string_view bytes) {
  const base::File file = connected_to(port);
  while (!bytes.empty()) {
    const ssize_t size = ::send(file.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    // The server may have ended it.
    if (size < 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  ::shutdown(file.get(), SHUT_WR);
  std::string all;
  std::array<char, 16'384> part{};
  while (true) {
    const ssize_t size = ::recv(file.get(), part.data(), part.size(), 0);
    // libFuzzer looks at its clock by a signal.
    if (size < 0 && errno == EINTR) continue;
    require(size >= 0 || errno == ECONNRESET, "the connection ends");
    if (size <= 0) return all;
    all.append(part.data(), static_cast<std::size_t>(size));
  }
}

std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  require(!text.empty() && error == std::errc{} && end == text.data() + text.size(),
          "a number is one");
  return number;
}

/// Reads the head that ends before `rest`; the size of the body behind it.
std::size_t body_size_of(std::string_view head) {
  Input lines{head};
  Input first{lines.until("\r\n")};
  require(first.until(" ") == "HTTP/1.1", "an answer is of HTTP/1.1");
  const std::size_t status = number_of(first.until(" "));
  require(status >= 100 && status < 600, "a status is a status");
  require(status != 500, "no request breaks the emulator");
  std::size_t size = 0;
  bool has_size = false;
  while (!lines.is_empty()) {
    const std::string_view line = lines.until("\r\n");
    const std::size_t colon = line.find(": ");
    require(colon != std::string_view::npos && colon > 0, "a header has a name and a value");
    require(line.find_first_of("\r\n") == std::string_view::npos, "a header is one line");
    if (line.substr(0, colon) != "Content-Length") continue;
    require(!has_size, "it has one size");
    has_size = true;
    size = number_of(line.substr(colon + 2));
  }
  require(has_size || status == 100 || status == 204, "the size of a body is told");
  return size;
}

void look_at_answers(std::string_view rest, bool has_head_request) {
  while (!rest.empty()) {
    const std::size_t end = rest.find("\r\n\r\n");
    require(end != std::string_view::npos, "a head is whole");
    std::size_t size = body_size_of(rest.substr(0, end));
    rest.remove_prefix(end + 4);
    // The answer to HEAD tells the size of a body that it does not have.
    if (has_head_request && (rest.empty() || rest.starts_with("HTTP/1.1 "))) size = 0;
    require(size <= rest.size(), "a body is whole");
    rest.remove_prefix(size);
  }
}

}  // namespace

void emulator(std::string_view bytes) {
  // Faults that wait are looked at by tests with a clock of their own.
  if (bytes.contains("elay") || bytes.contains("ytesPerSecond")) return;
  const auto service = open_emulator();
  auto server = emulator::Server::listen(*service, {.idle_limit = std::chrono::seconds{10}});
  require(server.has_value(), "the server listens");
  std::thread serving{[&] { server->run(); }};
  const std::string answers = exchange(server->port(), bytes);
  server->stop();
  serving.join();
  // Other faults cut answers, or send what they were told to.
  if (!bytes.contains("aults")) look_at_answers(answers, bytes.contains("HEAD"));
}

}  // namespace xai::fuzz
