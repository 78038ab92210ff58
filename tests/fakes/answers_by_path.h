#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "fakes/scripted_transport.h"

namespace xai::fakes {

/// A service that answers by the end of the path, in whatever order it is asked; 404 for the rest.
struct AnswersByPath {
  using Reply = std::function<Result<HttpResponse>(const HttpRequest&)>;

  void answer(const std::string& end, std::string body, int status = 200,
              std::vector<management::Header> headers = {}) {
    replies[end] = [body, status, headers](const HttpRequest&) {
      return fakes::answer(status, body, headers);
    };
  }

  /// One request at a time.
  management::Transport serve() {
    return [this](const HttpRequest& request) -> Result<HttpResponse> {
      const std::scoped_lock lock{mutex};
      requests.push_back(request);
      const std::string path = request.target.substr(0, request.target.find('?'));
      const auto found = replies.find(path.substr(path.rfind('/') + 1));
      if (found == replies.end()) return fakes::answer(404, "");
      return found->second(request);
    };
  }

  /// The bodies of the requests whose path has that end.
  [[nodiscard]] std::vector<std::string> bodies(const std::string& end) const {
    std::vector<std::string> found;
    for (const HttpRequest& request : requests)
      if (request.target.ends_with("/" + end)) found.push_back(request.body);
    return found;
  }

  std::map<std::string, Reply> replies{};
  std::vector<HttpRequest> requests{};  ///< Those made side by side in any order.
  std::mutex mutex{};
};

}  // namespace xai::fakes
