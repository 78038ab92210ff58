#include "emulator/faults.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/time_text.h"
#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/strict.h"

namespace xai::emulator {

using management::Header;
using management::Method;
using management::Result;

namespace {

constexpr int calls_max = 1'000'000;
constexpr int bytes_max = 1'000'000'000;
constexpr std::chrono::hours delay_max{1};
constexpr std::array methods{Method::get, Method::post, Method::put, Method::patch,
                             Method::delete_};

Result<std::optional<Method>> read_method(json::Value value) {
  const std::string name = TRY(string_member(value, "method"));
  if (name.empty() || name == "*") return std::nullopt;
  for (const Method method : methods)
    if (name == name_of(method)) return method;
  return std::unexpected(
      errors::invalid_argument("`method` should be GET, POST, PUT, PATCH or DELETE"));
}

Result<Fault::When> read_when(json::Value value) {
  const std::string name = TRY(string_member(value, "when"));
  if (name.empty() || name == "before") return Fault::When::before;
  if (name == "after") return Fault::When::after;
  return std::unexpected(errors::invalid_argument("`when` should be before or after"));
}

Result<std::optional<PageFault>> read_page(json::Value value) {
  const std::string name = TRY(string_member(value, "page"));
  if (name.empty()) return std::nullopt;
  if (name == "duplicate") return PageFault::duplicate;
  if (name == "loop") return PageFault::loop;
  return std::unexpected(errors::invalid_argument("`page` should be duplicate or loop"));
}

/// Whether a fault can do its harm there. The first page has none before it to be duplicated, and
/// a page that was duplicated is the next one to come.
bool fits(const Fault& fault, ListPlace place) {
  if (!fault.page) return true;
  if (*fault.page == PageFault::duplicate) return place == ListPlace::later_page;
  return place != ListPlace::no_list;
}

/// A span such as `2s`, or milliseconds such as `250ms`.
Result<std::chrono::milliseconds> read_delay(json::Value value) {
  std::string text = TRY(string_member(value, "delay"));
  if (text.empty()) return std::chrono::milliseconds{};
  std::optional<std::chrono::milliseconds> span;
  if (text.ends_with("ms")) {
    text.pop_back();
    text.back() = 's';
    if (const auto thousandfold = base::parse_span(text))
      span = std::chrono::milliseconds{thousandfold->count()};
  } else if (const auto seconds = base::parse_span(text)) {
    span = *seconds;
  }
  if (span && *span <= delay_max) return *span;
  return std::unexpected(
      errors::invalid_argument("`delay` should be a span of at most 1h, such as 2s or 250ms"));
}

bool is_header_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_';
  });
}

bool is_header_value(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter >= ' ' && letter != '\x7f'; });
}

Result<std::vector<Header>> read_headers(json::Value value) {
  const json::Value object = value.find("headers");
  std::vector<Header> headers;
  bool is_good = object.is_object() || object.is_null();
  for (const json::Member& member : object.members()) {
    is_good = is_good && member.value.is_string() && is_header_name(member.name) &&
              is_header_value(member.value.text());
    headers.push_back({std::string{member.name}, std::string{member.value.text()}});
  }
  if (is_good) return headers;
  return std::unexpected(
      errors::invalid_argument("`headers` should be an object of header names and texts"));
}

/// Status and body of the answer. Errors: invalid_argument for members that contradict each other.
Result<void> read_answer(json::Value value, Fault& fault) {
  if (const int status = TRY(number_member(value, "status", 0, 200, 599)); status != 0)
    fault.status = status;
  if (const int code = TRY(number_member(value, "code", 0, 1, 16)); code != 0) fault.code = code;
  fault.error_style = TRY(error_style_member(value));
  if (const json::Value body = value.find("body"); body.is_string())
    fault.body = std::string{body.text()};
  else if (body.is_object() || body.is_array())
    fault.body = json::to_text(body);
  else if (!body.is_null())
    return std::unexpected(
        errors::invalid_argument("`body` should be a text, an object or an array"));
  if (!fault.code && !fault.error_style) return {};
  if (fault.status.value_or(0) < 400)
    return std::unexpected(
        errors::invalid_argument("`code` and `errorStyle` are about a `status` from 400 on"));
  if (fault.body)
    return std::unexpected(
        errors::invalid_argument("`body` is all of it: leave out `code` and `errorStyle`"));
  return {};
}

}  // namespace

Result<Fault> parse_fault(json::Value value) {
  TRY(only_members(
      value, {"method", "path", "nth", "times", "when", "status", "code", "errorStyle", "body",
              "headers", "delay", "reset", "cutAt", "bytesPerSecond", "page"}));
  Fault fault;
  fault.method = TRY(read_method(value));
  fault.path = TRY(string_member(value, "path"));
  fault.nth = TRY(number_member(value, "nth", 1, 1, calls_max));
  fault.times = TRY(number_member(value, "times", 1, 0, calls_max));
  fault.when = TRY(read_when(value));
  fault.headers = TRY(read_headers(value));
  fault.delay = TRY(read_delay(value));
  fault.reset = TRY(boolean_member(value, "reset", false));
  if (!value.find("cutAt").is_null())
    fault.cut_at = TRY(number_member(value, "cutAt", 0, 0, bytes_max));
  fault.page = TRY(read_page(value));
  fault.bytes_per_second = TRY(number_member(value, "bytesPerSecond", 0, 1, bytes_max));
  TRY(read_answer(value, fault));
  if (!fault.status && !fault.body && fault.headers.empty() && fault.delay.count() == 0 &&
      !fault.reset && !fault.cut_at && fault.bytes_per_second == 0 && !fault.page)
    return std::unexpected(
        errors::invalid_argument("a fault needs one of `status`, `body`, `headers`, `delay`, "
                                 "`reset`, `cutAt`, `bytesPerSecond` and `page`"));
  if (fault.page && (fault.status || fault.body))
    return std::unexpected(
        errors::invalid_argument("`page` is about the real answer: leave out `status` and `body`"));
  return fault;
}

void write_fault(json::Writer& writer, const Fault& fault) {
  writer.begin_object();
  writer.key("method");
  writer.string(fault.method ? name_of(*fault.method) : "*");
  writer.key("path");
  writer.string(fault.path);
  writer.key("nth");
  writer.integer(fault.nth);
  writer.key("times");
  writer.integer(fault.times);
  writer.key("when");
  writer.string(fault.when == Fault::When::before ? "before" : "after");
  if (fault.status) {
    writer.key("status");
    writer.integer(*fault.status);
  }
  if (fault.code) {
    writer.key("code");
    writer.integer(*fault.code);
  }
  if (fault.error_style) {
    writer.key("errorStyle");
    writer.string(name_of(*fault.error_style));
  }
  if (fault.delay.count() != 0) {
    writer.key("delay");
    writer.string(std::to_string(fault.delay.count()) + "ms");
  }
  writer.key("reset");
  writer.boolean(fault.reset);
  if (fault.cut_at) {
    writer.key("cutAt");
    writer.integer(static_cast<std::int64_t>(*fault.cut_at));
  }
  if (fault.bytes_per_second != 0) {
    writer.key("bytesPerSecond");
    writer.integer(fault.bytes_per_second);
  }
  if (fault.page) {
    writer.key("page");
    writer.string(*fault.page == PageFault::duplicate ? "duplicate" : "loop");
  }
  writer.key("seen");
  writer.integer(fault.seen);
  if (fault.answer_bytes) {
    writer.key("answerBytes");
    writer.integer(static_cast<std::int64_t>(*fault.answer_bytes));
  }
  writer.end_object();
}

void FaultScript::add(Fault fault) {
  fault.id = ++last_id_;
  faults_.push_back(std::move(fault));
}

void FaultScript::record_answer(int id, std::size_t bytes) {
  const auto fault = std::ranges::find(faults_, id, &Fault::id);
  if (fault != faults_.end()) fault->answer_bytes = bytes;
}

std::optional<Fault> FaultScript::next(Method method, std::string_view path, ListPlace place) {
  std::optional<Fault> hit;
  for (Fault& fault : faults_) {
    if (fault.method && *fault.method != method) continue;
    if (!matches_path(fault.path, path) || !fits(fault, place)) continue;
    ++fault.seen;
    const int turn = fault.seen - fault.nth;
    // Later faults go on counting, so that each `nth` means calls, not what others left over.
    if (!hit && turn >= 0 && (fault.times == 0 || turn < fault.times)) hit = fault;
  }
  return hit;
}

bool matches_path(std::string_view pattern, std::string_view path) {
  if (pattern.find('*') == std::string_view::npos) return path.starts_with(pattern);
  // Where a star stood last, to try again with one more letter under it.
  std::size_t star = std::string_view::npos;
  std::size_t under_star = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (j < path.size()) {
    if (i < pattern.size() && pattern[i] == '*') {
      star = i++;
      under_star = j;
    } else if (i < pattern.size() && pattern[i] == path[j]) {
      ++i;
      ++j;
    } else if (star != std::string_view::npos) {
      i = star + 1;
      j = ++under_star;
    } else {
      return false;
    }
  }
  while (i < pattern.size() && pattern[i] == '*') ++i;
  return i == pattern.size();
}

}  // namespace xai::emulator
