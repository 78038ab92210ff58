#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "base/uuid.h"
#include "xai/management/secret.h"

namespace xai::emulator {

/// Makes ids and secrets. With a seed, the same ones in the same order.
class Identifiers {
 public:
  /// `already_made` keeps a seeded emulator that comes back to its state from making the same
  /// ids again.
  Identifiers(std::optional<std::uint64_t> seed, std::uint64_t already_made);

  std::string uuid();
  management::Secret secret(std::string_view prefix, std::size_t letters);

 private:
  std::mt19937_64 engine_;
};

/// A UUID that follows from `text` alone, for what has no place in the order of the others.
std::string uuid_of(std::string_view text);

/// The SHA-256 of a text in base64url, with its `=`.
std::string base64url_digest(std::string_view text);

using base::is_uuid;

/// Whether a client can send it as the credential of a request.
bool is_sendable(std::string_view secret);

/// The SHA-256 of a secret, in lower-case hexadecimal: what tells it from others without showing
/// it.
std::string sha256(const management::Secret& secret);

/// `xai-...oYZ4`: what may be shown of a secret.
std::string redact(const management::Secret& secret);

}  // namespace xai::emulator
