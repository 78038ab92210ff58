#include "http/trust_store.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/try.h"

namespace xai::http {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Result;

namespace {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

/// `5ad8a5d6.0`: how OpenSSL finds a certificate by the hash of its subject.
bool is_hash_link(std::string_view name) {
  constexpr std::string_view digits = "0123456789abcdef";
  return name.size() == 10 && name[8] == '.' && name[9] >= '0' && name[9] <= '9' &&
         name.substr(0, 8).find_first_not_of(digits) == std::string_view::npos;
}

bool holds_hash_links(const std::string& directory) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry{directory, error}, end; !error && entry != end;
       entry.increment(error))
    if (is_hash_link(entry->path().filename().native())) return true;
  return false;
}

/// `source` is where the path was given.
Result<std::string> readable(std::string path, std::string_view source) {
  std::error_code error;
  std::string_view why;
  if (!std::filesystem::exists(path, error))
    why = "there is no such file";
  else if (std::filesystem::is_directory(path, error) || ::access(path.c_str(), R_OK) != 0)
    why = "it cannot be read";
  else
    return path;
  return std::unexpected(
      Error{.kind = ErrorKind::failed_precondition,
            .outcome = Outcome::not_sent,
            .message = "cannot use the CA file " + path + ": " + std::string{why},
            .next = "correct " + std::string{source}});
}

}  // namespace

std::string TrustStore::description() const {
  if (bundle.empty()) return directory;
  return directory.empty() ? bundle : bundle + " and " + directory;
}

Result<TrustStore> find_trust_store(const std::string& ca_file) {
  if (!ca_file.empty())
    return TrustStore{.bundle = TRY(readable(ca_file, "the name of the CA file"))};
  // The order and the exclusions of the curl command.
  if (auto path = environment("CURL_CA_BUNDLE"); !path.empty())
    return TrustStore{.bundle = TRY(readable(std::move(path), "CURL_CA_BUNDLE"))};
  TrustStore store;
  if (auto path = environment("SSL_CERT_FILE"); !path.empty())
    store.bundle = TRY(readable(std::move(path), "SSL_CERT_FILE"));
  // May be several directories, which OpenSSL takes apart, so it is not ours to check.
  store.directory = environment("SSL_CERT_DIR");
  if (!store.bundle.empty() || !store.directory.empty()) return store;
  constexpr auto system_directory = "/etc/ssl/certs";
  if (holds_hash_links(system_directory)) return TrustStore{.directory = system_directory};
  return TrustStore{.bundle = "/etc/ssl/certs/ca-certificates.crt"};
}

}  // namespace xai::http
