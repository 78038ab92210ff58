#pragma once

#include <string>
#include <string_view>

namespace xai::http {

/// Why TLS failed, as a person would say it; empty where `detail`, libcurl's own words, quotes no
/// error of OpenSSL, or only that the connection was closed.
std::string tls_reason(std::string_view detail);

/// Whether OpenSSL could not read what the server proves itself with, or found a signature wrong.
/// libcurl reports the first error it meets, so that looks like a handshake that broke.
bool is_false_proof(std::string_view detail);

/// What helps against a certificate that is not trusted, be it the host's or the proxy's;
/// `verify_result` is one of OpenSSL's X509_V_ERR codes.
std::string certificate_advice(long verify_result, bool at_proxy);

}  // namespace xai::http
