#pragma once

#include <string>

#include "xai/management/result.h"

namespace xai::http {

/// Where the certificates stand that servers are judged by. One of the two is usually empty:
/// OpenSSL would read both, and the bundle alone takes some 20 ms.
struct TrustStore {
  std::string bundle{};     ///< A PEM file.
  std::string directory{};  ///< A directory of hash links.

  /// For messages: the paths, as a person would name them.
  [[nodiscard]] std::string description() const;
};

/// `ca_file` alone when given; else what CURL_CA_BUNDLE names, or SSL_CERT_FILE and SSL_CERT_DIR;
/// else the system's hash directory, or its bundle where the directory holds no hash links. Errors:
/// failed_precondition, not sent, for a named file that cannot be read.
management::Result<TrustStore> find_trust_store(const std::string& ca_file);

}  // namespace xai::http
