#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace xai::emulator::test {

/// A TCP connection to 127.0.0.1 that sends and receives bytes as they are.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  [[nodiscard]] bool is_connected() const { return socket_ >= 0; }
  [[nodiscard]] int socket() const { return socket_; }
  bool send(std::string_view bytes) const;
  void finish_sending() const;
  /// One whole answer by its Content-Length; what came until the end when it is cut.
  std::string receive();
  /// Everything until the other side closes; `was_reset` tells how it did.
  std::string receive_all();
  [[nodiscard]] bool was_reset() const { return was_reset_; }
  /// Whether an answer is there, without waiting for one.
  [[nodiscard]] bool has_answer() const;

 private:
  bool receive_some();

  int socket_{-1};
  std::string received_{};
  bool was_reset_{};
};

}  // namespace xai::emulator::test
