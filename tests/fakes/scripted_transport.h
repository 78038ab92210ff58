#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "xai/management/transport.h"

namespace xai::fakes {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;

inline HttpResponse answer(int status, std::string body,
                           std::vector<management::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}
/// As the service itself would answer.
inline HttpResponse answer(int status) {
  const auto refused = [&](const std::string& code) {
    return answer(status, R"({"code":)" + code + R"(,"message":"No.","details":[]})");
  };
  switch (status) {
    case 400:
    case 412:
    case 422:
      return refused("3");
    case 401:
      return refused("16");
    case 403:
      return refused("7");
    case 404:
      return refused("5");
    case 409:
      return refused("10");
    case 429:
      return refused("8");
    default:
      return answer(status, "{}");
  }
}

inline std::unexpected<management::Error> failure(management::Outcome outcome,
                                                  management::ErrorKind kind) {
  return std::unexpected(
      management::Error{.kind = kind, .outcome = outcome, .message = "no answer came"});
}
inline std::unexpected<management::Error> not_sent() {
  return failure(management::Outcome::not_sent, management::ErrorKind::unavailable);
}
inline std::unexpected<management::Error> no_answer() {
  return failure(management::Outcome::unknown, management::ErrorKind::unavailable);
}

/// Gives its answers in order, the last one for ever, and keeps what it was asked.
class ScriptedTransport {
 public:
  explicit ScriptedTransport(std::vector<Result<HttpResponse>> answers)
      : answers_{answers.begin(), answers.end()} {}

  management::Transport transport() {
    return [this](const HttpRequest& request) -> Result<HttpResponse> {
      const std::scoped_lock lock{mutex_};
      requests_.push_back(request);
      auto next = answers_.front();
      if (answers_.size() > 1) answers_.pop_front();
      return next;
    };
  }

  std::vector<HttpRequest> requests() {
    const std::scoped_lock lock{mutex_};
    return requests_;
  }

 private:
  std::mutex mutex_{};
  std::deque<Result<HttpResponse>> answers_;
  std::vector<HttpRequest> requests_{};
};

}  // namespace xai::fakes
