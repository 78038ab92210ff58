#include "http/curl_failure.h"

#include <cctype>
#include <system_error>
#include <utility>

#include "base/not_sent.h"
#include "http/cancellation.h"
#include "http/tls_failure.h"

namespace xai::http {

using base::not_sent;
using management::Error;
using management::ErrorKind;
using management::Outcome;

namespace {

constexpr auto check_network = "check the base URL and the network";

std::string lower_first(std::string text) {
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0)
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

/// libcurl's and OpenSSL's words may quote the peer, so they are cut and kept to one line.
std::string one_line(const std::string& text) {
  constexpr std::size_t bytes_max = 200;
  std::string result = text.substr(0, bytes_max);
  for (char& letter : result)
    if (letter < ' ' || letter > '~') letter = ' ';
  return lower_first(std::move(result));
}

Error unanswered(ErrorKind kind, std::string message) {
  return {.kind = kind, .outcome = Outcome::unknown, .message = std::move(message)};
}

/// Why a handshake broke.
std::string broken_tls(const CurlFailure& failure) {
  if (std::string why = tls_reason(failure.detail); !why.empty()) return one_line(why);
  for (const auto* const words : {"SSL_ERROR_SYSCALL", "unexpected eof", "reset by peer"})
    if (failure.detail.contains(words)) return "it closed the connection during the TLS handshake";
  return "TLS failed: " + one_line(failure.detail);
}

/// Why no connection came about, as a person would say it.
std::string reason(const CurlFailure& failure) {
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "its name is not known";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the proxy's name is not known";
    case CURLE_OPERATION_TIMEDOUT:
      return "no connection within " + text_of(failure.connect);
    case CURLE_SSL_CONNECT_ERROR:
      return (failure.at_proxy ? "at the proxy: " : "") + broken_tls(failure);
    default:
      break;
  }
  if (failure.proxy_status >= 300)
    return "the proxy answered " + std::to_string(failure.proxy_status);
  if (failure.system_error != 0)
    return lower_first(std::generic_category().message(static_cast<int>(failure.system_error)));
  return one_line(failure.detail);
}

Error untrusted(const CurlFailure& failure, const Endpoint& endpoint) {
  const std::string whose =
      "the certificate of " + (failure.at_proxy ? "the proxy" : endpoint.authority);
  // libcurl begins so when the chain is at fault; else it is the host name.
  constexpr std::string_view prefix = "SSL certificate problem: ";
  std::string why = "it is damaged, or a signature is wrong";
  if (failure.detail.starts_with(prefix))
    why = one_line(failure.detail.substr(prefix.size()));
  else if (failure.code == CURLE_PEER_FAILED_VERIFICATION)
    return not_sent(ErrorKind::malformed_response, whose + " is made out to another host",
                    failure.at_proxy ? "check the proxy's address" : "check the base URL");
  return not_sent(ErrorKind::malformed_response,
                  whose + " is not trusted (" + why + "); judged by " + failure.trust,
                  certificate_advice(failure.verify_result, failure.at_proxy));
}

Error before_sending(const CurlFailure& failure, const Endpoint& endpoint) {
  const std::string& host = endpoint.authority;
  switch (failure.code) {
    case CURLE_SSL_CONNECT_ERROR:
      if (!is_false_proof(failure.detail)) break;
      [[fallthrough]];
    case CURLE_PEER_FAILED_VERIFICATION:
      return untrusted(failure, endpoint);
    case CURLE_SSL_CACERT_BADFILE:
      return not_sent(ErrorKind::failed_precondition,
                      "cannot use the CA file " + failure.trust + ": it holds no certificate",
                      "name a PEM file as the CA file");
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return not_sent(ErrorKind::invalid_argument, "the base URL is not valid",
                      "give it as https://HOST");
    case CURLE_OPERATION_TIMEDOUT:
      if (failure.operation.count() > 0 &&
          (failure.connect.count() == 0 || failure.operation <= failure.connect))
        return not_sent(
            ErrorKind::deadline_exceeded,
            "cannot reach " + host + " within the limit of " + text_of(failure.operation),
            check_network);
      break;
    default:
      break;
  }
  return not_sent(ErrorKind::unavailable, "cannot reach " + host + " (" + reason(failure) + ")",
                  check_network);
}

Error stopped(const CurlFailure& failure, const std::string& host) {
  switch (failure.stop) {
    case Stop::headers_too_large:
      return unanswered(ErrorKind::malformed_response,
                        "the answer of " + host + " has more than 64 KiB of headers");
    case Stop::body_too_large:
      return unanswered(ErrorKind::malformed_response,
                        "the answer of " + host + " is larger than " +
                            std::to_string(failure.body_limit >> 20U) + " MiB");
    case Stop::stalled:
      return unanswered(ErrorKind::unavailable, "the answer of " + host + " stood still for " +
                                                    text_of(failure.limit) + " after " +
                                                    std::to_string(failure.body_bytes) + " bytes");
    case Stop::cancelled:
      return unanswered(ErrorKind::cancelled, "interrupted while waiting for " + host);
    case Stop::no_first_byte:
    case Stop::none:
      break;
  }
  return unanswered(ErrorKind::unavailable,
                    "no answer from " + host + " within " + text_of(failure.limit));
}

Error after_sending(const CurlFailure& failure, const std::string& host) {
  switch (failure.code) {
    case CURLE_OPERATION_TIMEDOUT:
      return unanswered(
          ErrorKind::deadline_exceeded,
          "no whole answer from " + host + " within the limit of " + text_of(failure.operation));
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return unanswered(ErrorKind::malformed_response,
                        host + " answered something that is not valid HTTP");
    default:
      break;
  }
  // libcurl's own limit on one header line is above ours; since 8.6 it has a code of its own.
  constexpr auto too_large = static_cast<CURLcode>(100);
  if (!failure.headers_complete &&
      (failure.code == too_large || failure.code == CURLE_OUT_OF_MEMORY))
    return stopped({.stop = Stop::headers_too_large}, host);
  if (failure.headers_complete)
    return unanswered(ErrorKind::unavailable, "the answer of " + host + " was cut after " +
                                                  std::to_string(failure.body_bytes) + " bytes");
  if (failure.header_bytes > 0)
    return unanswered(ErrorKind::unavailable,
                      "the answer of " + host + " was cut within its headers");
  if (const std::string why = tls_reason(failure.detail); !why.empty())
    return unanswered(
        ErrorKind::unavailable,
        "the connection to " + host + " broke off without an answer (" + one_line(why) + ")");
  return unanswered(ErrorKind::unavailable, host + " closed the connection without an answer");
}

}  // namespace

Error error_of(const CurlFailure& failure, const Endpoint& endpoint) {
  if (failure.stop == Stop::cancelled && !failure.was_sent) return cancelled();
  if (failure.stop != Stop::none) return stopped(failure, endpoint.authority);
  return failure.was_sent ? after_sending(failure, endpoint.authority)
                          : before_sending(failure, endpoint);
}

std::string text_of(std::chrono::milliseconds span) {
  if (span < std::chrono::seconds{1}) return std::to_string(span.count()) + " ms";
  // What was left of a limit is not told more closely than somebody would have typed it.
  const auto tenths = (span.count() + 50) / 100;
  const std::string fraction = tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10);
  return std::to_string(tenths / 10) + fraction + " s";
}

}  // namespace xai::http
