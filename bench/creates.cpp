// Creates keys on a plain-http emulator over kept connections, and prints creates per second.
// Usage: xai_bench_creates PORT TEAM KEY SECONDS
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr int connection_count = 4;
using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* why) {
  std::fprintf(stderr, "xai_bench_creates: %s\n", why);
  std::exit(1);
}

int connect_to(int port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets interface asks for it.
  if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    fail("cannot connect");
  return connection;
}

/// Reads one answer with a Content-Length; returns its status.
int read_answer(int connection, std::string& buffer) {
  buffer.clear();
  std::size_t size_wanted = 0;
  while (size_wanted == 0 || buffer.size() < size_wanted) {
    char piece[8192];
    const ssize_t size = ::read(connection, piece, sizeof piece);
    if (size <= 0) fail("the connection was closed");
    buffer.append(piece, static_cast<std::size_t>(size));
    const std::size_t head = buffer.find("\r\n\r\n");
    if (size_wanted != 0 || head == std::string::npos) continue;
    std::size_t length_at = buffer.find("Content-Length: ");
    if (length_at == std::string::npos) fail("an answer without Content-Length");
    length_at += 16;
    std::size_t length = 0;
    std::from_chars(buffer.data() + length_at, buffer.data() + head, length);
    size_wanted = head + 4 + length;
  }
  return std::atoi(buffer.c_str() + 9);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) fail("usage: xai_bench_creates PORT TEAM KEY SECONDS");
  const int port = std::atoi(argv[1]);
  const std::string body =
      R"({"name":"bench","acls":["api-key:endpoint:*","api-key:model:*"],"qps":5,"qpm":100})";
  const std::string request =
      "POST /auth/teams/" + std::string{argv[2]} +
      "/api-keys HTTP/1.1\r\nHost: 127.0.0.1:" + argv[1] + "\r\nAuthorization: Bearer " + argv[3] +
      "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body;
  const auto start = Clock::now();
  const auto end = start + std::chrono::seconds{std::atoi(argv[4])};
  std::atomic<long> created{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < connection_count; ++i)
    threads.emplace_back([&] {
      const int connection = connect_to(port);
      std::string buffer;
      while (Clock::now() < end) {
        if (::write(connection, request.data(), request.size()) !=
            static_cast<ssize_t>(request.size()))
          fail("cannot write");
        if (read_answer(connection, buffer) != 200) fail(buffer.c_str());
        ++created;
      }
      ::close(connection);
    });
  threads.clear();
  const std::chrono::duration<double> span = Clock::now() - start;
  std::printf("%.0f\n", static_cast<double>(created.load()) / span.count());
  return 0;
}
