#pragma once

#include <string>
#include <thread>

#include "emulator/emulated.h"
#include "emulator/raw_client.h"
#include "emulator/server.h"

namespace xai::emulator::test {

/// An emulator on a socket, in a thread of this process.
struct Served : Emulated {
  explicit Served(ServerOptions server_options = {}, Options given = options())
      : Emulated{std::move(given)},
        server{Server::listen(*emulator, server_options).value()},
        thread{[this] { server.run(); }} {}
  ~Served() {
    server.stop();
    thread.join();
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  /// A request of a well-behaved client.
  static std::string request(std::string_view method, std::string_view target,
                             std::string_view body = "", std::string_view more_headers = "") {
    std::string text{method};
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    text.append("Authorization: Bearer ").append(key).append("\r\n").append(more_headers);
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text.append("\r\n").append(body);
  }
  static std::string create_request(std::string_view name) {
    return request("POST", keys(), R"({"name":")" + std::string{name} + "\"}");
  }

  Server server;
  std::thread thread;
};

inline int status_of(std::string_view answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(std::string{answer.substr(9, 3)}) : 0;
}

}  // namespace xai::emulator::test
