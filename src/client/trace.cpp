#include "client/trace.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "base/time_text.h"
#include "client/printable.h"
#include "http/logging.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::client {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Transport;

namespace {

/// One line of the trace.
class Line {
 public:
  Line(std::string_view event, int number, management::Timestamp time, const Secrets& secrets)
      : secrets_{&secrets} {
    writer_.begin_object();
    text("event", event);
    writer_.key("number");
    writer_.integer(number);
    text("time", base::format_rfc3339(time));
  }

  // The writer looks at the line where it stands.
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void text(std::string_view name, std::string_view value) {
    writer_.key(name);
    string(value);
  }
  void integer(std::string_view name, std::int64_t value) {
    writer_.key(name);
    writer_.integer(value);
  }
  void error(const management::Error& error) {
    text("outcome", name_of(error.outcome));
    text("error", shown(struck(error.message)));
  }
  void headers(const HttpResponse& response) {
    writer_.key("headers");
    writer_.begin_object();
    for (const std::string_view name : http::logged_headers)
      if (const auto value = response.header(name); !value.empty())
        text(name, shown(struck(value)));
    writer_.end_object();
  }
  void body(const std::string& body) {
    if (body.empty()) return;
    const auto document = json::Document::parse(body);
    if (!document) return integer("bodyBytes", static_cast<std::int64_t>(body.size()));
    writer_.key("body");
    redacted(document->root());
  }
  std::string end() {
    writer_.end_object();
    return std::move(line_) + "\n";
  }

 private:
  [[nodiscard]] std::string struck(std::string_view value) const {
    std::string text{value};
    secrets_->strike_out(text);
    return text;
  }

  void string(std::string_view value) { writer_.string(struck(value)); }

  void redacted(json::Value value) {
    if (value.is_object()) {
      writer_.begin_object();
      for (const json::Member& member : value.members()) {
        writer_.key(struck(member.name));
        if (is_secret_member(member.name) && value_is_text(member.value))
          writer_.string("***");
        else
          redacted(member.value);
      }
      writer_.end_object();
    } else if (value.is_array()) {
      writer_.begin_array();
      for (const json::Value& item : value.items()) redacted(item);
      writer_.end_array();
    } else if (value.is_string()) {
      string(value.text());
    } else {
      writer_.value(value);
    }
  }

  static bool value_is_text(json::Value value) { return !value.text().empty(); }

  const Secrets* secrets_;
  std::string line_{};
  json::Writer writer_{line_};
};

/// A body that is shown comes whole: no reader takes a part.
Result<HttpResponse> send_for_whole(const Transport& next, const HttpRequest& request) {
  if (!request.reader.read) return next(request);
  HttpRequest unread = request;
  unread.reader = {};
  return next(unread);
}

std::string traced(Line& line, const Result<HttpResponse>& result) {
  if (result) {
    line.integer("status", result->status);
    line.headers(*result);
    line.body(result->body);
  } else {
    line.error(result.error());
  }
  return line.end();
}

}  // namespace

Transport with_trace(Transport next, std::function<void(std::string_view)> trace,
                     std::shared_ptr<const Secrets> secrets, base::Clock clock) {
  if (!trace) return next;
  return [next = std::move(next), trace = std::move(trace), secrets = std::move(secrets),
          clock = std::move(clock), count = std::make_shared<std::atomic<int>>(0)](
             const HttpRequest& request) -> Result<HttpResponse> {
    const int number = ++*count;
    const auto start = clock();
    Line line{"request", number, start, *secrets};
    line.text("method", name_of(request.method));
    line.text("url", request.base_url + request.target);
    line.body(request.body);
    trace(line.end());
    auto result = send_for_whole(next, request);
    const auto end = clock();
    Line answer{"answer", number, end, *secrets};
    answer.integer("milliseconds",
                   std::chrono::duration_cast<std::chrono::milliseconds>(end - start).count());
    trace(traced(answer, result));
    return result;
  };
}

}  // namespace xai::client
