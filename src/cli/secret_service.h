#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace xai::cli {

/// Why the desktop's keyring does not do something, and what the user may do about it; a line each.
struct SecretServiceFailure {
  std::string why{};
  std::string next{};
};

/// The secret that is kept for a profile, by libsecret; empty where there is none. A locked one is
/// a failure. May wait for as long as the keyring takes.
std::expected<std::string, SecretServiceFailure> look_up_secret(const std::string& profile);

/// Keeps a secret in the default collection, in place of the one before.
std::expected<void, SecretServiceFailure> store_secret(const std::string& profile,
                                                       std::string_view secret);

}  // namespace xai::cli
