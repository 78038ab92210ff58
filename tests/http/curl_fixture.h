#pragma once

#include <stdlib.h>

#include <string>
#include <utility>

#include "fakes/scripted_server.h"
#include "http/curl_transport.h"

namespace xai::http {

using fakes::Connection;
using fakes::http_answer;
using fakes::Play;
using fakes::play_bytes;
using fakes::ScriptedServer;
using management::ErrorKind;
using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Outcome;
using management::Result;
using management::RetryClass;
using management::Secret;
using std::chrono::milliseconds;

inline HttpRequest get(std::string base_url, std::string target = "/things") {
  return {.method = Method::get,
          .base_url = std::move(base_url),
          .target = std::move(target),
          .credential = Secret{"xai-token-canary"},
          .retry = RetryClass::freely};
}

inline HttpRequest post(std::string base_url, std::string body = R"({"name":"n"})") {
  return {.method = Method::post,
          .base_url = std::move(base_url),
          .target = "/things",
          .headers = {{"Content-Type", "application/json"}},
          .credential = Secret{"xai-token-canary"},
          .body = std::move(body),
          .retry = RetryClass::if_refused};
}

/// Answers every request of a connection, and keeps each.
inline Play keep_alive(fakes::Record& record, std::string bytes) {
  return [&record, bytes = std::move(bytes)](Connection& connection) {
    for (auto request = connection.read_request(); !request.empty();
         request = connection.read_request()) {
      record.add(request);
      connection.write(bytes);
    }
  };
}

/// Reads a request, keeps it, answers nothing and hangs up.
inline Play read_and_hang_up(fakes::Record& record) {
  return [&record](Connection& connection) { record.add(connection.read_request()); };
}

inline CurlOptions with_deadlines(management::Deadlines deadlines) {
  return {.deadlines = deadlines};
}

/// An environment variable for the time of a test.
class EnvironmentVariable {
 public:
  EnvironmentVariable(const char* name, const std::string& value) : name_{name} {
    ::setenv(name, value.c_str(), 1);
  }
  EnvironmentVariable(const EnvironmentVariable&) = delete;
  EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;
  ~EnvironmentVariable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

}  // namespace xai::http
