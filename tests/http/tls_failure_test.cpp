#include "http/tls_failure.h"

#include <gtest/gtest.h>

#include "http/curl_failure.h"

namespace xai::http {
namespace {

TEST(TlsFailure, IsSaidAsAPersonWould) {
  constexpr auto too_old = "it speaks no TLS 1.2 or later";
  for (const auto& [detail, said] : std::initializer_list<std::pair<const char*, const char*>>{
           {"error:0A00042E:SSL routines::tlsv1 alert protocol version", too_old},
           {"error:0A000102:SSL routines::unsupported protocol", too_old},
           {"error:0A00010B:SSL routines::wrong version number", "it does not speak TLS"},
           {"error:0A000175:SSL routines::inappropriate fallback",
            "the version of TLS was lowered on the way"},
           {"error:0A000152:SSL routines::unsafe legacy renegotiation disabled",
            "it lacks secure renegotiation, RFC 5746"},
           {"OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, "
            "errno 0",
            "it asks for a client certificate"},
           {"error:0A0000F8:SSL routines::unknown cipher returned",
            "TLS failed: unknown cipher returned"}})
    EXPECT_EQ(tls_reason(detail), said) << detail;
}

TEST(TlsFailure, NamesTheAlertWhateverVersionsCallIt) {
  constexpr auto said = "it refused TLS: handshake failure";
  EXPECT_EQ(
      tls_reason("OpenSSL/3.0.19: error:0A000410:SSL routines::sslv3 alert handshake failure"),
      said);
  EXPECT_EQ(
      tls_reason("TLS connect error: error:0A000410:SSL routines::ssl/tls alert handshake failure"),
      said);
  EXPECT_EQ(tls_reason("error:0A000458:SSL routines::tlsv1 unrecognized name"),
            "it refused TLS: unrecognized name");
}

TEST(TlsFailure, IsNotFoundInOtherWords) {
  for (const auto* const detail : {"", "Recv failure: Connection reset by peer",
                                   "error:0A000126:SSL routines::unexpected eof while reading",
                                   "error:", "error:0A00010B", "error:0A00010B:SSL routines:"})
    EXPECT_EQ(tls_reason(detail), "") << detail;
}

TEST(TlsFailure, TellsAFalseProofFromAHandshakeThatBroke) {
  EXPECT_TRUE(is_false_proof("error:06880006:asn1 encoding routines::EVP lib"));
  EXPECT_TRUE(is_false_proof("OpenSSL/3.0.19: error:0200008A:rsa routines::invalid padding"));
  EXPECT_FALSE(is_false_proof("error:0A00010B:SSL routines::wrong version number"));
  EXPECT_FALSE(is_false_proof("error:80000068:system library::Connection reset by peer"));
  EXPECT_FALSE(is_false_proof("rsa routines"));
}

TEST(TlsFailure, AFalseProofIsNotTrustedAndNotTriedAgain) {
  const auto error = error_of({.code = CURLE_SSL_CONNECT_ERROR,
                               .verify_result = 1,
                               .detail = "error:06880006:asn1 encoding routines::EVP lib",
                               .trust = "the bundle"},
                              {.authority = "host"});
  EXPECT_EQ(error.kind, management::ErrorKind::malformed_response);
  EXPECT_EQ(error.outcome, management::Outcome::not_sent);
  EXPECT_EQ(error.message,
            "the certificate of host is not trusted (it is damaged, or a signature is wrong); "
            "judged by the bundle");
}

TEST(TlsFailure, AConnectionThatClosesIsNotCalledBroken) {
  for (const auto* const detail :
       {"OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to host:443 ",
        "Recv failure: Connection reset by peer",
        "TLS connect error: error:0A000126:SSL routines::unexpected eof while reading"}) {
    const auto error =
        error_of({.code = CURLE_SSL_CONNECT_ERROR, .detail = detail}, {.authority = "host"});
    EXPECT_EQ(error.message,
              "cannot reach host (it closed the connection during the TLS handshake)");
    EXPECT_EQ(error.kind, management::ErrorKind::unavailable);
  }
}

TEST(TlsFailure, AfterTheRequestTheReasonIsToldToo) {
  const auto error = error_of(
      {.code = CURLE_RECV_ERROR,
       .was_sent = true,
       .detail =
           "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, "
           "errno 0"},
      {.authority = "host"});
  EXPECT_EQ(error.outcome, management::Outcome::unknown);
  EXPECT_EQ(error.message,
            "the connection to host broke off without an answer (it asks for a client "
            "certificate)");
}

TEST(CertificateAdvice, NamesACaOnlyWhereThatHelps) {
  for (const long unknown_issuer : {2L, 18L, 19L, 20L, 21L})
    EXPECT_EQ(certificate_advice(unknown_issuer, false),
              "if the host is right, name the CA that signed it as the CA file (--ca-file)");
  for (const long wrong_time : {9L, 10L})
    EXPECT_EQ(certificate_advice(wrong_time, true),
              "check this machine's clock; where that is right, the proxy needs another "
              "certificate");
  EXPECT_EQ(certificate_advice(26, false),
            "check the base URL; where that is right, the host needs another certificate");
  EXPECT_EQ(certificate_advice(1, true),
            "check the proxy's address; where that is right, the proxy needs another certificate");
}

}  // namespace
}  // namespace xai::http
