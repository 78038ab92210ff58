#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "http/endpoint.h"
#include "xai/management/transport.h"

namespace xai::http {

inline constexpr std::size_t body_bytes_max = 8UL << 20U;
/// Of a body that is read while it comes, which never is in memory as a whole.
inline constexpr std::size_t read_bytes_max = 256UL << 20U;
inline constexpr std::size_t header_bytes_max = 64UL << 10U;

/// Why we ended a transfer ourselves.
enum class Stop : std::uint8_t {
  none,
  headers_too_large,
  body_too_large,
  no_first_byte,
  stalled,
  cancelled
};

/// All that is known of an attempt that brought no whole answer.
struct CurlFailure {
  CURLcode code{};
  Stop stop{};
  bool was_sent{};          ///< A connection stood, and the request began to leave.
  bool headers_complete{};  ///< The answer's headers came whole.
  std::size_t header_bytes{};
  std::size_t body_bytes{};               ///< After decompression.
  std::size_t body_limit{};               ///< Bytes; what body_too_large went by.
  std::chrono::milliseconds limit{};      ///< The limit that `stop` speaks of.
  std::chrono::milliseconds connect{};    ///< The limit on connecting; 0 is none.
  std::chrono::milliseconds operation{};  ///< The caller's limit; 0 is none.
  long system_error{};                    ///< errno of the connection, or 0.
  long proxy_status{};                    ///< What a proxy answered to CONNECT, or 0.
  long verify_result{};                   ///< What OpenSSL found wrong with the certificate, or 0.
  bool at_proxy{};                        ///< TLS failed on the way to the proxy.
  std::string detail{};                   ///< libcurl's own words.
  std::string trust{};                    ///< What certificates were judged by.
};

/// Says in words what failed and whether the request can have reached the service.
management::Error error_of(const CurlFailure& failure, const Endpoint& endpoint);

/// `30 s`, `1.5 s`, `250 ms`; from a second on to the tenth.
std::string text_of(std::chrono::milliseconds span);

}  // namespace xai::http
