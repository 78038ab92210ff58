#include "http/curl_attempt.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>

#include "base/wipe.h"

namespace xai::http {

using management::Header;
using management::HttpRequest;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

namespace {

// Callbacks. libcurl hands each its CurlAttempt, and none may throw.

std::size_t read_body(char* out, std::size_t size, std::size_t count, void* data) noexcept {
  auto& attempt = *static_cast<CurlAttempt*>(data);
  const std::string_view rest =
      std::string_view{attempt.request->body}.substr(attempt.body_bytes_read);
  const std::size_t bytes = std::min(rest.size(), size * count);
  rest.copy(out, bytes);
  attempt.body_bytes_read += bytes;
  return bytes;
}

/// Whether the caller wants no more of an attempt that can still be given up without a doubt.
bool is_given_up(CurlAttempt& attempt) {
  const bool is_read = attempt.request->retry == management::RetryClass::freely;
  if (attempt.is_cancelled == nullptr || (attempt.failure.was_sent && !is_read) ||
      !(*attempt.is_cancelled)())
    return false;
  attempt.failure.stop = Stop::cancelled;
  return true;
}

int before_request(void* data, char*, char*, int, int) noexcept {
  auto& attempt = *static_cast<CurlAttempt*>(data);
  if (is_given_up(attempt)) return CURL_PREREQFUNC_ABORT;
  attempt.failure.was_sent = true;
  attempt.last_progress = Steady::now();
  return CURL_PREREQFUNC_OK;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::string_view{" \t\r\n"}.contains(text.back())) text.remove_suffix(1);
  while (!text.empty() && std::string_view{" \t"}.contains(text.front())) text.remove_prefix(1);
  return text;
}

/// The status in a line such as `HTTP/1.1 200 OK`; 0 when there is none.
int status_in(std::string_view line) {
  int status = 0;
  line.remove_prefix(std::min(line.find(' '), line.size() - 1) + 1);
  std::from_chars(line.data(), line.data() + line.size(), status);
  return status;
}

std::size_t write_header(char* text, std::size_t size, std::size_t count, void* data) noexcept {
  auto& attempt = *static_cast<CurlAttempt*>(data);
  const std::string_view line{text, size * count};
  attempt.last_progress = Steady::now();
  attempt.failure.header_bytes += line.size();
  if (attempt.failure.header_bytes > header_bytes_max) {
    attempt.failure.stop = Stop::headers_too_large;
    return 0;
  }
  if (line.starts_with("HTTP/")) {
    // An interim answer may have come before this one.
    attempt.response.headers.clear();
    attempt.failure.headers_complete = false;
    attempt.response.status = status_in(line);
  } else if (trimmed(line).empty()) {
    attempt.failure.headers_complete = true;
  } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    attempt.response.headers.push_back(
        {std::string{line.substr(0, colon)}, std::string{trimmed(line.substr(colon + 1))}});
  }
  return line.size();
}

/// The room that the answer says its body takes, within bounds; a reservation is not yet memory.
std::size_t announced_bytes(const management::HttpResponse& response) {
  const std::string_view length = response.header("content-length");
  std::size_t bytes = 0;
  std::from_chars(length.data(), length.data() + length.size(), bytes);
  return std::min(bytes, body_bytes_max);
}

std::size_t write_body(char* text, std::size_t size, std::size_t count, void* data) noexcept {
  auto& attempt = *static_cast<CurlAttempt*>(data);
  const std::string_view bytes{text, size * count};
  attempt.last_progress = Steady::now();
  std::string& body = attempt.response.body;
  const auto& reader = attempt.request->reader;
  const bool is_read = reader.read && attempt.response.is_success();
  const bool is_kept_too_large = body.size() + bytes.size() > body_bytes_max;
  if (is_kept_too_large || attempt.failure.body_bytes + bytes.size() > read_bytes_max) {
    attempt.failure.stop = Stop::body_too_large;
    attempt.failure.body_limit = is_kept_too_large ? body_bytes_max : read_bytes_max;
    return 0;
  }
  if (body.empty() && !is_read) body.reserve(announced_bytes(attempt.response));
  base::append_wiping(body, bytes);
  attempt.failure.body_bytes += bytes.size();
  if (is_read) reader.read(body);
  return bytes.size();
}

/// Whether the answer came slower than a byte a second for as long as a stall may last: what comes
/// in drops keeps a connection alive for ever.
bool is_trickle(CurlAttempt& attempt) {
  const auto now = Steady::now();
  const std::size_t bytes = attempt.failure.header_bytes + attempt.failure.body_bytes;
  const bool is_first = attempt.window_begin == Steady::time_point{};
  const auto span = std::chrono::duration_cast<milliseconds>(now - attempt.window_begin);
  if (!is_first && span < attempt.stall_limit) return false;
  const auto fresh =
      static_cast<std::chrono::milliseconds::rep>(bytes - attempt.bytes_at_window_begin);
  attempt.window_begin = now;
  attempt.bytes_at_window_begin = bytes;
  return !is_first && fresh * 1000 < span.count();
}

/// Called at least once a second while the transfer lasts.
int watch(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  auto& attempt = *static_cast<CurlAttempt*>(data);
  if (is_given_up(attempt)) return 1;
  if (!attempt.failure.was_sent) return 0;
  const bool answering = attempt.failure.header_bytes > 0;
  const milliseconds limit = answering ? attempt.stall_limit : attempt.first_byte_limit;
  if (limit.count() == 0) return 0;
  const bool is_silent = Steady::now() - attempt.last_progress >= limit;
  if (!is_silent && !(answering && is_trickle(attempt))) return 0;
  attempt.failure.stop = answering ? Stop::stalled : Stop::no_first_byte;
  attempt.failure.limit = limit;
  return 1;
}

}  // namespace

void set_callbacks(Setter& set, CurlAttempt& attempt) {
  set(CURLOPT_READFUNCTION, &read_body);
  set(CURLOPT_READDATA, &attempt);
  set(CURLOPT_PREREQFUNCTION, &before_request);
  set(CURLOPT_PREREQDATA, &attempt);
  set(CURLOPT_HEADERFUNCTION, &write_header);
  set(CURLOPT_HEADERDATA, &attempt);
  set(CURLOPT_WRITEFUNCTION, &write_body);
  set(CURLOPT_WRITEDATA, &attempt);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &watch);
  set(CURLOPT_XFERINFODATA, &attempt);
  set(CURLOPT_ERRORBUFFER, attempt.detail.data());
}

HeaderLines::HeaderLines(const CurlLibrary& library, const HttpRequest& request)
    : library_{&library} {
  for (const Header& header : request.headers) add(header.name + ": " + header.value);
  add("Expect:");
  if (request.credential.empty()) return;
  std::string line;
  line.reserve(32 + request.credential.reveal().size());
  line.append("Authorization: Bearer ").append(request.credential.reveal());
  add(line);
  management::wipe(line);
}

HeaderLines::~HeaderLines() {
  for (curl_slist* item = list_; item != nullptr; item = item->next)
    base::wipe({item->data, std::strlen(item->data)});
  library_->slist_free_all(list_);
}

void HeaderLines::add(const std::string& line) {
  list_ = library_->slist_append(list_, line.c_str());
}

}  // namespace xai::http
