#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "http/curl_failure.h"
#include "http/curl_library.h"
#include "xai/management/transport.h"

namespace xai::http {

/// What the callbacks of one attempt share.
struct CurlAttempt {
  const management::HttpRequest* request{};
  management::HttpResponse response{};
  CurlFailure failure{};
  std::size_t body_bytes_read{};
  std::chrono::milliseconds first_byte_limit{};
  std::chrono::milliseconds stall_limit{};
  const std::function<bool()>* is_cancelled{};  ///< Null: never.
  std::chrono::steady_clock::time_point last_progress{};
  std::chrono::steady_clock::time_point window_begin{};  ///< Of the answer's speed.
  std::size_t bytes_at_window_begin{};
  std::array<char, CURL_ERROR_SIZE> detail{};
};

/// Sets options and remembers whether libcurl refused one.
struct Setter {
  const CurlLibrary& library;
  CURL* handle;
  CURLcode failed{CURLE_OK};

  template <class Value>
  void operator()(CURLoption option, Value value) {
    const CURLcode code = library.easy_setopt(handle, option, value);
    if (code != CURLE_OK) failed = code;
  }
};

/// Lets libcurl read the body from `attempt` and write the answer into it, within our limits.
void set_callbacks(Setter& set, CurlAttempt& attempt);

/// The header lines; they hold the credential, so they are wiped before they are freed.
class HeaderLines {
 public:
  HeaderLines(const CurlLibrary& library, const management::HttpRequest& request);
  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;
  ~HeaderLines();
  [[nodiscard]] curl_slist* get() const { return list_; }

 private:
  void add(const std::string& line);

  const CurlLibrary* library_;
  curl_slist* list_{};
};

}  // namespace xai::http
