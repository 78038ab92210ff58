#include <gtest/gtest.h>

#include <array>

#include "http/curl_failure.h"
#include "http/curl_fixture.h"

namespace xai::http {
namespace {

const Endpoint there{.url = "https://host", .authority = "host", .host = "host", .secure = true};

/// One attempt that failed, what is known of it, and what is made of that.
struct FailedAttempt {
  CurlFailure failure;
  ErrorKind kind;
  Outcome outcome;
  std::string message;
};

void expect_judged(const std::vector<FailedAttempt>& attempts) {
  for (const FailedAttempt& attempt : attempts) {
    const auto error = error_of(attempt.failure, there);
    EXPECT_EQ(error.message, attempt.message);
    EXPECT_EQ(error.kind, attempt.kind) << attempt.message;
    EXPECT_EQ(error.outcome, attempt.outcome) << attempt.message;
  }
}

TEST(ErrorOfAttempt, WithoutAConnectionNothingWasSent) {
  expect_judged({{{.code = CURLE_COULDNT_RESOLVE_HOST},
                  ErrorKind::unavailable,
                  Outcome::not_sent,
                  "cannot reach host (its name is not known)"},
                 {{.code = CURLE_COULDNT_RESOLVE_PROXY},
                  ErrorKind::unavailable,
                  Outcome::not_sent,
                  "cannot reach host (the proxy's name is not known)"},
                 {{.code = CURLE_SSL_CONNECT_ERROR, .detail = "No handshake"},
                  ErrorKind::unavailable,
                  Outcome::not_sent,
                  "cannot reach host (TLS failed: no handshake)"},
                 {{.code = CURLE_COULDNT_CONNECT, .system_error = ECONNREFUSED, .detail = "words"},
                  ErrorKind::unavailable,
                  Outcome::not_sent,
                  "cannot reach host (connection refused)"},
                 {{.code = CURLE_RECV_ERROR, .system_error = ECONNRESET, .proxy_status = 407},
                  ErrorKind::unavailable,
                  Outcome::not_sent,
                  "cannot reach host (the proxy answered 407)"},
                 {{.code = CURLE_RECV_ERROR, .proxy_status = 200, .detail = "Reset"},
                  ErrorKind::unavailable,
                  Outcome::not_sent,
                  "cannot reach host (reset)"}});
}

TEST(ErrorOfAttempt, WhatStaysAsItIsIsNotUnavailable) {
  expect_judged(
      {{{.code = CURLE_PEER_FAILED_VERIFICATION,
         .detail = "SSL certificate problem: self-signed certificate",
         .trust = "the bundle"},
        ErrorKind::malformed_response,
        Outcome::not_sent,
        "the certificate of host is not trusted (self-signed certificate); judged by the bundle"},
       {{.code = CURLE_PEER_FAILED_VERIFICATION, .detail = "no alternative subject name"},
        ErrorKind::malformed_response,
        Outcome::not_sent,
        "the certificate of host is made out to another host"},
       {{.code = CURLE_SSL_CACERT_BADFILE, .trust = "ca.pem"},
        ErrorKind::failed_precondition,
        Outcome::not_sent,
        "cannot use the CA file ca.pem: it holds no certificate"},
       {{.code = CURLE_URL_MALFORMAT},
        ErrorKind::invalid_argument,
        Outcome::not_sent,
        "the base URL is not valid"},
       {{.code = CURLE_UNSUPPORTED_PROTOCOL},
        ErrorKind::invalid_argument,
        Outcome::not_sent,
        "the base URL is not valid"}});
}

TEST(ErrorOfAttempt, TellsTheLimitThatEndedTheConnecting) {
  const auto unreached = [](std::int64_t connect_ms, std::int64_t operation_ms) {
    return CurlFailure{.code = CURLE_OPERATION_TIMEDOUT,
                       .connect = milliseconds{connect_ms},
                       .operation = milliseconds{operation_ms}};
  };
  const std::string callers = "cannot reach host within the limit of ";
  const std::string connecting = "cannot reach host (no connection within ";
  expect_judged(
      {{unreached(100, 90), ErrorKind::deadline_exceeded, Outcome::not_sent, callers + "90 ms"},
       {unreached(100, 100), ErrorKind::deadline_exceeded, Outcome::not_sent, callers + "100 ms"},
       {unreached(0, 2'000), ErrorKind::deadline_exceeded, Outcome::not_sent, callers + "2 s"},
       {unreached(0, 1'972), ErrorKind::deadline_exceeded, Outcome::not_sent, callers + "2 s"},
       {unreached(0, 1'449), ErrorKind::deadline_exceeded, Outcome::not_sent, callers + "1.4 s"},
       {unreached(0, 999), ErrorKind::deadline_exceeded, Outcome::not_sent, callers + "999 ms"},
       {unreached(100, 110), ErrorKind::unavailable, Outcome::not_sent, connecting + "100 ms)"},
       {unreached(1'000, 0), ErrorKind::unavailable, Outcome::not_sent, connecting + "1 s)"}});
}

TEST(ErrorOfAttempt, OnceItBeganToLeaveItMayHaveBeenMade) {
  const auto sent = [](CurlFailure failure) {
    failure.was_sent = true;
    return failure;
  };
  expect_judged(
      {{sent({.code = CURLE_OPERATION_TIMEDOUT, .operation = milliseconds{150}}),
        ErrorKind::deadline_exceeded, Outcome::unknown,
        "no whole answer from host within the limit of 150 ms"},
       {sent({.code = CURLE_UNSUPPORTED_PROTOCOL}), ErrorKind::malformed_response, Outcome::unknown,
        "host answered something that is not valid HTTP"},
       {sent({.code = CURLE_WEIRD_SERVER_REPLY}), ErrorKind::malformed_response, Outcome::unknown,
        "host answered something that is not valid HTTP"},
       {sent({.code = CURLE_BAD_CONTENT_ENCODING, .headers_complete = true}),
        ErrorKind::malformed_response, Outcome::unknown,
        "host answered something that is not valid HTTP"},
       {sent({.code = CURLE_OUT_OF_MEMORY, .header_bytes = 9}), ErrorKind::malformed_response,
        Outcome::unknown, "the answer of host has more than 64 KiB of headers"},
       {sent({.code = CURLE_OUT_OF_MEMORY, .headers_complete = true, .body_bytes = 3}),
        ErrorKind::unavailable, Outcome::unknown, "the answer of host was cut after 3 bytes"},
       {sent({.code = CURLE_RECV_ERROR, .headers_complete = true, .body_bytes = 7}),
        ErrorKind::unavailable, Outcome::unknown, "the answer of host was cut after 7 bytes"},
       {sent({.code = CURLE_RECV_ERROR, .header_bytes = 20}), ErrorKind::unavailable,
        Outcome::unknown, "the answer of host was cut within its headers"},
       {sent({.code = CURLE_GOT_NOTHING}), ErrorKind::unavailable, Outcome::unknown,
        "host closed the connection without an answer"},
       {sent({.code = CURLE_SEND_ERROR}), ErrorKind::unavailable, Outcome::unknown,
        "host closed the connection without an answer"},
       // A code that else speaks of a connection that never stood changes nothing about that.
       {sent({.code = CURLE_SSL_CONNECT_ERROR}), ErrorKind::unavailable, Outcome::unknown,
        "host closed the connection without an answer"}});
}

TEST(ErrorOfAttempt, WhatWeEndedOurselvesMayHaveBeenMade) {
  const auto ended = [](Stop stop) {
    return CurlFailure{.code = CURLE_ABORTED_BY_CALLBACK,
                       .stop = stop,
                       .was_sent = true,
                       .body_bytes = 5,
                       .body_limit = body_bytes_max,
                       .limit = milliseconds{250}};
  };
  expect_judged({{ended(Stop::headers_too_large), ErrorKind::malformed_response, Outcome::unknown,
                  "the answer of host has more than 64 KiB of headers"},
                 {ended(Stop::body_too_large), ErrorKind::malformed_response, Outcome::unknown,
                  "the answer of host is larger than 8 MiB"},
                 {ended(Stop::stalled), ErrorKind::unavailable, Outcome::unknown,
                  "the answer of host stood still for 250 ms after 5 bytes"},
                 {ended(Stop::no_first_byte), ErrorKind::unavailable, Outcome::unknown,
                  "no answer from host within 250 ms"},
                 {ended(Stop::cancelled), ErrorKind::cancelled, Outcome::unknown,
                  "interrupted while waiting for host"},
                 {{.code = CURLE_ABORTED_BY_CALLBACK, .stop = Stop::cancelled},
                  ErrorKind::cancelled,
                  Outcome::not_sent,
                  "interrupted before the request was sent"}});
}

}  // namespace
}  // namespace xai::http
