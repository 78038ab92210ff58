#pragma once

#include <expected>
#include <functional>
#include <string>
#include <variant>

#include "xai/management/secret.h"

namespace xai::management {

/// A new file for a minted secret, mode 0600. It is begun, and its space reserved, before anything
/// is sent; its name appears only once the secret is in it, and never through a symbolic link.
struct SecretFile {
  std::string path{};
  bool replaces{};         ///< Takes the place of a file that is there.
  std::string variable{};  ///< Not empty: the file holds the line `variable=secret`.
};

/// Takes a minted secret; the error says in words why it could not. It runs on the caller's thread.
using TakeSecret = std::function<std::expected<void, std::string>(const Secret&)>;

/// Where a minted secret goes.
using Sink = std::variant<SecretFile, TakeSecret>;

}  // namespace xai::management
