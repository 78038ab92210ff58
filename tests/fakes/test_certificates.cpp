#include "fakes/test_certificates.h"

#include <openssl/ssl.h>
#include <stdlib.h>

#include <cstdlib>
#include <stdexcept>

namespace xai::fakes {
namespace {

constexpr auto script = R"sh(
set -e
cd "$0"
new_key="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
openssl req -x509 $new_key -subj "/CN=Test CA" -keyout ca.key -out ca.pem
openssl req $new_key -subj "/CN=test server" -keyout server.key -out server.csr
echo "subjectAltName=$1" > names
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
  -extfile names -out server.pem
)sh";

std::filesystem::path new_directory() {
  std::string name = std::filesystem::temp_directory_path() / "xai-certificates-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no directory for a test"};
  return name;
}

}  // namespace

TestCertificates::TestCertificates(const std::string& subject_alt_name)
    : directory_{new_directory()} {
  // Neither the script nor the two words behind it hold a single quote.
  const std::string command = std::string{"sh -c '"} + script + "' '" + directory_.string() +
                              "' '" + subject_alt_name + "' 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error{"openssl makes no certificates"};
  context_ = SSL_CTX_new(TLS_server_method());
  const std::string certificate = directory_ / "server.pem";
  const std::string key = directory_ / "server.key";
  if (SSL_CTX_use_certificate_chain_file(context_, certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context_, key.c_str(), SSL_FILETYPE_PEM) != 1)
    throw std::runtime_error{"the certificates cannot be used"};
}

TestCertificates::~TestCertificates() {
  SSL_CTX_free(context_);
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace xai::fakes
