#pragma once

#include <filesystem>
#include <string>

struct ssl_ctx_st;

namespace xai::fakes {

/// A certificate authority and one server certificate, made by the openssl command in a
/// directory that goes with this object.
class TestCertificates {
 public:
  /// `subject_alt_name` as OpenSSL writes it: `IP:127.0.0.1` or `DNS:example.test`.
  explicit TestCertificates(const std::string& subject_alt_name);
  TestCertificates(const TestCertificates&) = delete;
  TestCertificates& operator=(const TestCertificates&) = delete;
  ~TestCertificates();

  [[nodiscard]] std::string ca_file() const { return directory_ / "ca.pem"; }
  [[nodiscard]] std::string directory() const { return directory_; }
  /// For Connection::start_tls.
  [[nodiscard]] ssl_ctx_st* context() const { return context_; }

 private:
  std::filesystem::path directory_;
  ssl_ctx_st* context_{};
};

}  // namespace xai::fakes
