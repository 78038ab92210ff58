#include "http/tls_failure.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace xai::http {
namespace {

/// OpenSSL's `error:0A00042E:SSL routines::tlsv1 alert protocol version`, taken apart.
struct OpensslError {
  unsigned code{};
  std::string_view library{};
  std::string_view reason{};
};

/// Takes the text up to the next colon off the front.
std::string_view next_field(std::string_view& text) {
  const std::string_view field = text.substr(0, text.find(':'));
  text.remove_prefix(std::min(field.size() + 1, text.size()));
  return field;
}

std::optional<OpensslError> openssl_error(std::string_view detail) {
  constexpr std::string_view begin = "error:";
  const std::size_t place = detail.rfind(begin);  // libcurl's own words may end in it as well.
  if (place == std::string_view::npos) return std::nullopt;
  detail.remove_prefix(place + begin.size());
  OpensslError error;
  const std::string_view code = next_field(detail);
  std::from_chars(code.data(), code.data() + code.size(), error.code, 16);
  error.library = next_field(detail);
  next_field(detail);  // Once the name of a function.
  error.reason = detail.substr(0, detail.find(", errno"));
  return error;
}

/// The number of the alert that the server sent (RFC 8446, section 6), which OpenSSL counts from
/// 1000; 0 when it sent none.
unsigned alert_of(const OpensslError& error) {
  const unsigned reason = error.code & 0x7f'ffffU;
  return reason > 1'000 && reason < 1'256 ? reason - 1'000 : 0;
}

/// What OpenSSL puts in front of an alert's name tells when the alert came up, not what was spoken.
std::string_view alert_name(std::string_view reason) {
  for (const std::string_view prefix : {"sslv3 ", "tlsv1 ", "tlsv13 ", "ssl/tls ", "alert "})
    if (reason.starts_with(prefix)) reason.remove_prefix(prefix.size());
  return reason;
}

constexpr auto too_old = "it speaks no TLS 1.2 or later";

}  // namespace

std::string tls_reason(std::string_view detail) {
  const auto error = openssl_error(detail);
  if (!error || error->reason.empty() || error->reason == "unexpected eof while reading") return {};
  constexpr unsigned protocol_version = 70;
  constexpr unsigned certificate_required = 116;
  const unsigned alert = alert_of(*error);
  if (alert == protocol_version) return too_old;
  if (alert == certificate_required) return "it asks for a client certificate";
  if (alert != 0) return "it refused TLS: " + std::string{alert_name(error->reason)};
  constexpr std::array<std::pair<std::string_view, const char*>, 4> said{{
      {"unsupported protocol", too_old},
      {"wrong version number", "it does not speak TLS"},
      {"inappropriate fallback", "the version of TLS was lowered on the way"},
      {"unsafe legacy renegotiation disabled", "it lacks secure renegotiation, RFC 5746"},
  }};
  for (const auto& [words, meaning] : said)
    if (error->reason == words) return meaning;
  return "TLS failed: " + std::string{error->reason};
}

bool is_false_proof(std::string_view detail) {
  constexpr std::array<std::string_view, 4> of_proofs{"asn1 encoding routines",
                                                      "elliptic curve routines", "rsa routines",
                                                      "x509 certificate routines"};
  const auto error = openssl_error(detail);
  return error && std::ranges::find(of_proofs, error->library) != of_proofs.end();
}

std::string certificate_advice(long verify_result, bool at_proxy) {
  const std::string who = at_proxy ? "the proxy" : "the host";
  switch (verify_result) {
    case 2:   // The issuer's certificate is missing.
    case 18:  // Signed by itself.
    case 19:  // A root that is not known here.
    case 20:  // The issuer is not known here.
    case 21:  // A certificate alone, which cannot be verified.
      return "if " + who + " is right, name the CA that signed it as the CA file (--ca-file)";
    case 9:   // Not yet valid.
    case 10:  // Expired.
      return "check this machine's clock; where that is right, " + who +
             " needs another certificate";
    default:
      return std::string{"check "} + (at_proxy ? "the proxy's address" : "the base URL") +
             "; where that is right, " + who + " needs another certificate";
  }
}

}  // namespace xai::http
