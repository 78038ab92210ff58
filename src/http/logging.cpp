#include "http/logging.h"

#include <string>
#include <utility>

#include "base/printable.h"

namespace xai::http {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Transport;

namespace {

/// One line of the log stays one line, whatever the service sent.
std::string printable(std::string_view text) {
  constexpr std::size_t columns_max = 200;
  return base::cut_to(base::escaped(text), columns_max);
}

std::string describe(const HttpResponse& response) {
  std::string line = "status " + std::to_string(response.status) + ", " +
                     std::to_string(response.body.size()) + " bytes";
  for (const std::string_view name : logged_headers)
    if (const auto value = response.header(name); !value.empty())
      line.append(", ").append(name).append(": ").append(printable(value));
  return line;
}

std::string describe(const Result<HttpResponse>& result) {
  if (result) return describe(*result);
  return std::string{name_of(result.error().outcome)} + ": " + printable(result.error().message);
}

}  // namespace

Result<HttpResponse> send_for_whole(const Transport& next, const HttpRequest& request) {
  if (!request.reader.read) return next(request);
  HttpRequest unread = request;
  unread.reader = {};
  return next(unread);
}

Transport with_log(Transport next, std::function<void(std::string_view)> log, base::Clock clock) {
  if (!log) return next;
  return [next = std::move(next), log = std::move(log),
          clock = std::move(clock)](const HttpRequest& request) {
    const auto start = clock();
    auto result = send_for_whole(next, request);
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(clock() - start);
    std::string line{name_of(request.method)};
    line.append(" ").append(printable(request.target.substr(0, request.target.find('?'))));
    line.append(" → ").append(describe(result));
    line.append(", ").append(std::to_string(span.count())).append(" ms");
    log(line);
    return result;
  };
}

}  // namespace xai::http
