#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/percent.h"
#include "fakes/scripted_transport.h"

namespace xai::fakes {

/// A parameter of the query of `target`; empty where it is missing.
inline std::string parameter(const std::string& target, const std::string& name) {
  const std::size_t begin = target.find(name + "=");
  if (begin == std::string::npos) return {};
  const std::size_t start = begin + name.size() + 1;
  return base::percent_decode(target.substr(start, target.find('&', start) - start)).value_or("");
}

/// An audit log that answers pages of its own size.
struct AuditLog {
  struct Filed {
    std::string time;
    std::string id;
  };

  Result<HttpResponse> reply(const HttpRequest& request) {
    if (on_request) on_request();
    std::vector<Filed> found;
    const std::string from = parameter(request.target, "eventTimeFrom");
    for (const Filed& event : events)
      if (event.time >= from) found.push_back(event);
    std::ranges::stable_sort(found, {}, &Filed::time);
    if (parameter(request.target, "orderBy") == "TIME_DESCENDING") std::ranges::reverse(found);
    const std::string token = parameter(request.target, "pageToken");
    const std::size_t begin = token.empty() ? 0 : std::stoul(token);
    const std::size_t end = std::min(begin + page_size, found.size());
    std::string body = R"({"events":[)";
    for (std::size_t i = begin; i < end; ++i)
      body += (i == begin ? "" : ",") + std::string{R"({"eventTime":")"} + found[i].time +
              R"(","eventId":")" + found[i].id + R"(","description":"d"})";
    body += R"(],"nextPageToken":")" + (end < found.size() ? std::to_string(end) : "") + R"("})";
    if (date.empty()) return answer(200, body);
    return answer(200, body, {{"Date", date}});
  }

  std::size_t page_size{2};
  std::vector<Filed> events{};
  std::string date{};  ///< What the service says the time is; it may leave it out.
  std::function<void()> on_request{};
};

}  // namespace xai::fakes
