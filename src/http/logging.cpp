#include "http/logging.h"

#include <utility>

#include "base/printable.h"

namespace xai::http {

using management::Attempt;
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

/// `request`, which counts in `bytes` what its reader takes of the body.
HttpRequest counting(HttpRequest request, std::size_t& bytes) {
  request.reader = {.begin =
                        [&bytes, begin = std::move(request.reader.begin)] {
                          bytes = 0;
                          if (begin) begin();
                        },
                    .read =
                        [&bytes, read = std::move(request.reader.read)](std::string& body) {
                          bytes += body.size();
                          read(body);
                          bytes -= body.size();
                        }};
  return request;
}

void add_answer(Attempt& attempt, const HttpResponse& response) {
  attempt.status = response.status;
  attempt.body_bytes += response.body.size();
  for (const std::string_view name : logged_headers) {
    const std::string value = base::escaped(response.header(name));
    if (value.empty()) continue;
    if (attempt.request_id.empty() && name.ends_with("request-id")) attempt.request_id = value;
    attempt.headers.push_back({std::string{name}, value});
  }
}

}  // namespace

Transport with_attempts(Transport next, AttemptTaker taker, base::Clock clock) {
  return [next = std::move(next), taker = std::move(taker),
          clock = std::move(clock)](const HttpRequest& request) {
    if (!taker.is_wanted()) return next(request);
    Attempt attempt{.method = request.method,
                    .path = base::escaped(request.target.substr(0, request.target.find('?')))};
    const auto start = clock();
    auto result = request.reader.read ? next(counting(request, attempt.body_bytes)) : next(request);
    attempt.duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock() - start);
    if (result)
      add_answer(attempt, *result);
    else
      attempt.error = result.error();
    taker.take(std::move(attempt));
    return result;
  };
}

std::string line_of(const Attempt& attempt) {
  std::string line{name_of(attempt.method)};
  line.append(" ").append(printable(attempt.path)).append(" → ");
  if (attempt.error) {
    line.append(name_of(attempt.error->outcome)).append(": ");
    line.append(printable(attempt.error->message));
  } else {
    line.append("status ").append(std::to_string(attempt.status)).append(", ");
    line.append(std::to_string(attempt.body_bytes)).append(" bytes");
    for (const auto& [name, value] : attempt.headers)
      line.append(", ").append(name).append(": ").append(printable(value));
  }
  return line.append(", ").append(std::to_string(attempt.duration.count())).append(" ms");
}

}  // namespace xai::http
