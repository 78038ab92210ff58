#include "http/curl_transport.h"

#include <algorithm>
#include <climits>
#include <memory>
#include <mutex>
#include <utility>

#include "base/try.h"
#include "http/curl_attempt.h"
#include "http/curl_failure.h"
#include "http/curl_pool.h"
#include "http/endpoint.h"
#include "http/trust_store.h"

namespace xai::http {

using management::Error;
using management::ErrorKind;
using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Outcome;
using management::Result;
using management::RetryClass;
using management::Transport;
using std::chrono::milliseconds;

namespace {

long curl_milliseconds(milliseconds span) {
  return static_cast<long>(std::clamp<milliseconds::rep>(span.count(), 0, INT_MAX));
}

// CURLOPT_PROTOCOLS, which newer headers call deprecated. Libraries before 7.85 know no other, and
// all know this one.
constexpr auto protocols_by_number = static_cast<CURLoption>(CURLOPTTYPE_LONG + 181);

void set_connection(Setter& set, const Endpoint& endpoint, const TrustStore& trust,
                    const CurlOptions& options) {
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_BUFFERSIZE, 100L << 10U);  // Long answers in larger parts.
  set(protocols_by_number, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  // Dots in a path must reach the service as they stand, not as another path.
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_USERAGENT, options.user_agent.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS, options.deadlines.connect.count() == 0
                                     ? static_cast<long>(INT_MAX)
                                     : curl_milliseconds(options.deadlines.connect));
  if (endpoint.loopback)
    set(CURLOPT_PROXY, "");
  else
    set(CURLOPT_ACCEPT_ENCODING, "gzip");
  if (!endpoint.secure) return;
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  const char* const bundle = trust.bundle.empty() ? nullptr : trust.bundle.c_str();
  const char* const directory = trust.directory.empty() ? nullptr : trust.directory.c_str();
  for (const CURLoption option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO}) set(option, bundle);
  for (const CURLoption option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH}) set(option, directory);
}

void set_request(Setter& set, const HttpRequest& request) {
  if (request.method != Method::get)
    set(CURLOPT_CUSTOMREQUEST, std::string{name_of(request.method)}.c_str());
  if (!request.body.empty() || carries_body(request.method)) {
    // A body from a callback cannot be rewound, so when a kept connection dies libcurl fails
    // where it would else send the request a second time.
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  // With no body there is nothing to rewind; a new connection is never sent to twice.
  if (request.method != Method::get && request.body.empty()) set(CURLOPT_FRESH_CONNECT, 1L);
  set(CURLOPT_TIMEOUT_MS, curl_milliseconds(request.timeout));
}

void look_closer(const CurlLibrary& library, CURL* handle, CurlAttempt& attempt) {
  CurlFailure& failure = attempt.failure;
  failure.detail = attempt.detail.front() != '\0'
                       ? std::string{attempt.detail.data()}
                       : std::string{library.easy_strerror(failure.code)};
  library.easy_getinfo(handle, CURLINFO_OS_ERRNO, &failure.system_error);
  library.easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &failure.proxy_status);
  // Not 0 from when libcurl begins TLS with a proxy until the proxy is trusted.
  library.easy_getinfo(handle, CURLINFO_PROXY_SSL_VERIFYRESULT, &failure.verify_result);
  failure.at_proxy = failure.verify_result != 0;
  if (!failure.at_proxy)
    library.easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &failure.verify_result);
}

Result<HttpResponse> perform(const CurlLibrary& library, CURL* handle, const HttpRequest& request,
                             const Endpoint& endpoint, const TrustStore& trust,
                             const CurlOptions& options) {
  const bool is_read = request.retry == RetryClass::freely;
  CurlAttempt attempt{.request = &request,
                      .first_byte_limit = is_read ? options.deadlines.first_byte_of_read
                                                  : options.deadlines.first_byte_of_write,
                      .stall_limit = options.deadlines.stall,
                      .is_cancelled = options.is_cancelled ? &options.is_cancelled : nullptr};
  attempt.failure.connect = options.deadlines.connect;
  attempt.failure.operation = request.timeout;
  attempt.failure.trust = trust.description();
  if (request.reader.begin) request.reader.begin();
  const HeaderLines headers{library, request};
  Setter set{.library = library, .handle = handle};
  set(CURLOPT_URL, (endpoint.url + request.target).c_str());
  set(CURLOPT_HTTPHEADER, headers.get());
  set_connection(set, endpoint, trust, options);
  set_request(set, request);
  set_callbacks(set, attempt);
  attempt.failure.code = set.failed != CURLE_OK ? set.failed : library.easy_perform(handle);
  // An answer that ends within its headers is a success to libcurl.
  if (attempt.failure.headers_complete) {
    if (attempt.failure.code == CURLE_OK) return std::move(attempt.response);
    if (request.salvage) request.salvage(attempt.response);
  }
  look_closer(library, handle, attempt);
  management::wipe(attempt.response.body);
  return std::unexpected(error_of(attempt.failure, endpoint));
}

bool is_target(std::string_view target) {
  return target.starts_with('/') && std::ranges::all_of(target, [](unsigned char letter) {
           return letter > ' ' && letter < 0x7f && letter != '#';
         });
}

/// What all copies of one transport share; filled by the first requests that need it.
class State {
 public:
  explicit State(CurlOptions options) : options_{std::move(options)} {}

  [[nodiscard]] const CurlOptions& options() const { return options_; }

  Result<CurlPool*> pool() {
    std::call_once(pool_once_, [&] {
      if (const auto library = curl_library())
        pool_ = std::make_unique<CurlPool>(**library);
      else
        pool_ = std::unexpected(library.error());
    });
    if (!pool_) return std::unexpected(pool_.error());
    return pool_->get();
  }

  /// Plain http needs no certificates, but a file that was asked for must be there.
  Result<const TrustStore*> trust(const Endpoint& endpoint) {
    if (!endpoint.secure && options_.ca_file.empty()) return &no_trust_;
    std::call_once(trust_once_, [&] { trust_ = find_trust_store(options_.ca_file); });
    if (!trust_) return std::unexpected(trust_.error());
    return &*trust_;
  }

 private:
  CurlOptions options_;
  TrustStore no_trust_{};
  std::once_flag pool_once_{};
  std::once_flag trust_once_{};
  Result<std::unique_ptr<CurlPool>> pool_{};
  Result<TrustStore> trust_{};
};

}  // namespace

Transport curl_transport(CurlOptions options) {
  return [state = std::make_shared<State>(std::move(options))](
             const HttpRequest& request) -> Result<HttpResponse> {
    const Endpoint endpoint = TRY(parse_endpoint(request.base_url));
    if (!is_target(request.target))
      return std::unexpected(
          Error{.kind = ErrorKind::invalid_argument,
                .outcome = Outcome::not_sent,
                .message = "the request's path holds a character that no URL may hold"});
    const TrustStore* const trust = TRY(state->trust(endpoint));
    CurlPool& pool = *TRY(state->pool());
    CURL* const handle = pool.take();
    if (handle == nullptr)
      return std::unexpected(Error{.kind = ErrorKind::internal,
                                   .outcome = Outcome::not_sent,
                                   .message = "libcurl has no memory for a request"});
    auto result = perform(pool.library(), handle, request, endpoint, *trust, state->options());
    if (result)
      pool.give_back(handle);
    else
      pool.drop(handle);
    return result;
  };
}

}  // namespace xai::http
