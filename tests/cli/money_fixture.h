#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run_app.h"
#include "fakes/scripted_transport.h"

namespace xai::cli::test {

/// The program in front of a service that answers by the end of the path.
struct MoneyApp : App {
  using Reply =
      std::function<management::Result<management::HttpResponse>(const management::HttpRequest&)>;

  MoneyApp() {
    now = base::parse_rfc3339("2026-11-23T12:00:00Z").value();
    transport = [this](const management::HttpRequest& request)
        -> management::Result<management::HttpResponse> {
      requests.push_back(request);
      const std::string path = request.target.substr(0, request.target.find('?'));
      const auto found = replies.find(path.substr(path.rfind('/') + 1));
      if (found == replies.end()) return fakes::answer(404, "");
      return found->second(request);
    };
  }

  void answer(const std::string& end, std::string body, int status = 200) {
    replies[end] = [body, status](const management::HttpRequest&) {
      return fakes::answer(status, body);
    };
  }

  std::map<std::string, Reply> replies{};
  std::vector<management::HttpRequest> requests{};
};

}  // namespace xai::cli::test
