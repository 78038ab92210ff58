#include "emulator/identifiers.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "emulator/limits.h"

namespace xai::emulator {
namespace {

constexpr std::string_view hex = "0123456789abcdef";

std::mt19937_64 make_engine(std::optional<std::uint64_t> seed, std::uint64_t already_made) {
  if (seed) {
    std::seed_seq sequence{*seed >> 32U, *seed & 0xffffffffU, already_made};
    return std::mt19937_64{sequence};
  }
  std::random_device device;
  std::seed_seq sequence{device(), device(), device(), device()};
  return std::mt19937_64{sequence};
}

std::array<unsigned char, 32> bytes_of_digest(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return digest;
}

/// The SHA-256 in lower-case hexadecimal.
std::string digest_of(std::string_view text) {
  std::string result;
  for (const unsigned byte : bytes_of_digest(text)) {
    result += hex[byte / 16];
    result += hex[byte % 16];
  }
  return result;
}

}  // namespace

Identifiers::Identifiers(std::optional<std::uint64_t> seed, std::uint64_t already_made)
    : engine_{make_engine(seed, already_made)} {}

std::string Identifiers::uuid() {
  static constexpr std::string_view form = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  std::string result{form};
  std::uint64_t bits = 0;
  std::size_t bits_left = 0;
  for (char& letter : result) {
    if (letter != 'x' && letter != 'y') continue;
    if (bits_left == 0) {
      bits = engine_();
      bits_left = 16;
    }
    const std::size_t digit = bits & 15U;
    letter = hex[letter == 'y' ? 8 + digit % 4 : digit];
    bits >>= 4U;
    --bits_left;
  }
  return result;
}

management::Secret Identifiers::secret(std::string_view prefix, std::size_t letters) {
  static constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string text{prefix};
  text.reserve(prefix.size() + letters);
  for (std::size_t i = 0; i < letters; ++i) text += alphabet[engine_() % alphabet.size()];
  return management::Secret{std::move(text)};
}

std::string uuid_of(std::string_view text) {
  std::string id = digest_of(text).substr(0, 32);
  for (const std::size_t place : {8U, 13U, 18U, 23U}) id.insert(place, 1, '-');
  id[14] = '4';
  id[19] = '8';
  return id;
}

std::string base64url_digest(std::string_view text) {
  const auto digest = bytes_of_digest(text);
  std::array<unsigned char, 48> letters{};
  const int size = EVP_EncodeBlock(letters.data(), digest.data(), static_cast<int>(digest.size()));
  std::string result{letters.begin(), letters.begin() + size};
  std::ranges::replace(result, '+', '-');
  std::ranges::replace(result, '/', '_');
  return result;
}

std::string sha256(const management::Secret& secret) { return digest_of(secret.reveal()); }

bool is_sendable(std::string_view secret) {
  return !secret.empty() &&
         std::ranges::all_of(secret, [](char letter) { return letter > ' ' && letter <= '~'; });
}

std::string redact(const management::Secret& secret) {
  const std::string& text = secret.reveal();
  if (text.size() < 4 * limits::redacted_letters) return "xai-...";
  return "xai-..." + text.substr(text.size() - limits::redacted_letters);
}

}  // namespace xai::emulator
