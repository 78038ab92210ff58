#include "client/trace.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/strike_out.h"
#include "base/time_text.h"
#include "client/printable.h"
#include "http/logging.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/codec.h"

namespace xai::client {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Secret;
using management::Transport;

namespace {

constexpr std::array<std::string_view, 6> secret_members{"apiKey", "secret",   "token",
                                                         "bearer", "password", "authorization"};

bool is_secret(std::string_view given) {
  return std::ranges::any_of(
      secret_members, [&](std::string_view member) { return wire::is_same_name(member, given); });
}

/// What is struck out of the trace: the credentials, and what answers have told since.
class Secrets {
 public:
  explicit Secrets(Secret management_key) { known_.push_back(std::move(management_key)); }

  void note(const Secret& secret) {
    const std::scoped_lock lock{mutex_};
    add(secret);
  }

  /// What was minted may stand in other members of its answer too, and in later ones.
  void note(const std::string& body) {
    const auto document = json::Document::parse(body);
    const std::scoped_lock lock{mutex_};
    if (document) note(document->root());
  }

  [[nodiscard]] std::vector<Secret> all() const {
    const std::scoped_lock lock{mutex_};
    return known_;
  }

 private:
  void note(json::Value value) {
    for (const json::Value& item : value.items()) note(item);
    for (const json::Member& member : value.members()) {
      if (is_secret(member.name) && member.value.is_string())
        add(Secret{std::string{member.value.text()}});
      else
        note(member.value);
    }
  }

  void add(const Secret& secret) {
    // A shorter text could be any word.
    constexpr std::size_t secret_bytes_min = 8;
    if (secret.reveal().size() >= secret_bytes_min &&
        std::ranges::find(known_, secret) == known_.end())
      known_.push_back(secret);
  }

  mutable std::mutex mutex_{};
  std::vector<Secret> known_{};
};

/// One line of the trace.
class Line {
 public:
  Line(std::string_view event, int number, management::Timestamp time, std::vector<Secret> secrets)
      : secrets_{std::move(secrets)} {
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
    for (const Secret& secret : secrets_) base::strike_out(text, secret);
    return text;
  }

  void string(std::string_view value) { writer_.string(struck(value)); }

  void redacted(json::Value value) {
    if (value.is_object()) {
      writer_.begin_object();
      for (const json::Member& member : value.members()) {
        writer_.key(struck(member.name));
        if (is_secret(member.name) && value_is_text(member.value))
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

  std::vector<Secret> secrets_;
  std::string line_{};
  json::Writer writer_{line_};
};

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
                     Secret management_key, base::Clock clock) {
  if (!trace) return next;
  return [next = std::move(next), trace = std::move(trace),
          secrets = std::make_shared<Secrets>(std::move(management_key)), clock = std::move(clock),
          count = std::make_shared<std::atomic<int>>(0)](
             const HttpRequest& request) -> Result<HttpResponse> {
    const int number = ++*count;
    secrets->note(request.credential);
    const auto start = clock();
    Line line{"request", number, start, secrets->all()};
    line.text("method", name_of(request.method));
    line.text("url", request.base_url + request.target);
    line.body(request.body);
    trace(line.end());
    auto result = http::send_for_whole(next, request);
    if (result) secrets->note(result->body);
    const auto end = clock();
    Line answer{"answer", number, end, secrets->all()};
    answer.integer("milliseconds",
                   std::chrono::duration_cast<std::chrono::milliseconds>(end - start).count());
    trace(traced(answer, result));
    return result;
  };
}

}  // namespace xai::client
