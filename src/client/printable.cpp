#include "client/printable.h"

#include <cstdint>

namespace xai::client {
namespace {

struct Letter {
  std::uint32_t code;
  std::size_t bytes;
};

/// A byte that begins no letter counts as a control character.
constexpr Letter broken{.code = 0, .bytes = 1};

/// How many bytes a letter has by its first one; 0 for a byte that begins none.
std::size_t bytes_of_letter(unsigned lead) {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/// The first letter of UTF-8 text.
Letter first_letter(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {.code = lead, .bytes = 1};
  const std::size_t bytes = bytes_of_letter(lead);
  if (bytes == 0 || text.size() < bytes) return broken;
  std::uint32_t code = lead & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return broken;
    code = (code << 6U) | (byte(i) & 0x3fU);
  }
  return {.code = code, .bytes = bytes};
}

bool is_blank(std::uint32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x2028 || code == 0x2029;
}

/// Controls, and marks that reorder or hide what stands around them on a terminal.
bool is_hidden(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x061c ||
         (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
         (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff;
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t bytes_max = 300;
  std::string result;
  bool blank = false;
  while (!text.empty()) {
    const Letter letter = first_letter(text);
    if (is_blank(letter.code)) {
      blank = true;
    } else if (!is_hidden(letter.code)) {
      if (blank && !result.empty()) result += ' ';
      blank = false;
      if (result.size() + letter.bytes > bytes_max) return result + "…";
      result.append(text.substr(0, letter.bytes));
    }
    text.remove_prefix(letter.bytes);
  }
  return result;
}

void strike_out(std::string& text, const management::Secret& secret) {
  constexpr std::size_t secret_bytes_min = 4;
  const std::string& hidden = secret.reveal();
  if (hidden.size() < secret_bytes_min) return;
  for (std::size_t at = text.find(hidden); at != std::string::npos; at = text.find(hidden, at))
    text.replace(at, hidden.size(), "***");
}

}  // namespace xai::client
