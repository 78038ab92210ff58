#include "emulator/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <utility>

namespace xai::emulator::test {
namespace {

std::size_t content_length(std::string_view head) {
  constexpr std::string_view name = "Content-Length: ";
  const std::size_t begin = head.find(name);
  std::size_t length = 0;
  if (begin != std::string_view::npos)
    std::from_chars(head.data() + begin + name.size(), head.data() + head.size(), length);
  return length;
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // A server that does not answer at all should fail the test, not hang it.
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::finish_sending() const { ::shutdown(socket_, SHUT_WR); }

bool RawClient::receive_some() {
  std::array<char, 16'384> buffer{};
  const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (size < 0 && errno == ECONNRESET) was_reset_ = true;
  if (size <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(size));
  return true;
}

std::string RawClient::receive() {
  while (true) {
    const std::size_t head_end = received_.find("\r\n\r\n");
    if (head_end != std::string::npos) {
      const std::size_t size = head_end + 4 + content_length({received_.data(), head_end});
      if (received_.size() >= size) {
        std::string answer = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
      }
    }
    if (!receive_some()) return std::exchange(received_, {});
  }
}

std::string RawClient::receive_all() {
  while (receive_some()) {
  }
  return std::exchange(received_, {});
}

bool RawClient::has_answer() const {
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  return !received_.empty() || ::poll(&waiting, 1, 0) > 0;
}

}  // namespace xai::emulator::test
