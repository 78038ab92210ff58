#include "base/strike_out.h"

#include <charconv>
#include <string_view>

#include "base/unicode.h"

namespace xai::base {
namespace {

/// How long an escape such as `\u200b`, `\u{200b}` or `\x1b` at the beginning of `text` is; 0 when
/// there is none, or when it stands for a character that can be seen.
std::size_t hidden_escape(std::string_view text) {
  const bool is_braced = text.starts_with("\\u{");
  if (!is_braced && !text.starts_with("\\u") && !text.starts_with("\\x")) return 0;
  const std::size_t begin = is_braced ? 3 : 2;
  const std::size_t digits = text.starts_with("\\x") ? 2 : is_braced ? 6 : 4;
  // One that is not whole is none.
  const std::size_t size = is_braced ? text.substr(begin, digits + 1).find('}') : digits;
  if (size == 0 || size > text.size() - begin) return 0;
  const std::string_view number = text.substr(begin, size);
  unsigned value = 0;
  const char* const end = number.data() + number.size();
  if (std::from_chars(number.data(), end, value, 16).ptr != end) return 0;
  const bool is_byte_of_none = text[1] == 'x' && value >= 0x80;
  const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
  if (!is_byte_of_none && !is_surrogate && !is_hidden(value)) return 0;
  return begin + number.size() + (is_braced ? 1 : 0);
}

/// How many bytes at the beginning of `text` show nothing; 0 when its first character can be seen.
std::size_t hidden_bytes(std::string_view text) {
  const CodePoint point = first_code_point(text);
  if (!point.is_valid || is_hidden(point.value)) return point.bytes;
  return text.front() == '\\' ? hidden_escape(text) : 0;
}

/// How many bytes of `text` show `secret` at its beginning; 0 when another text stands there.
std::size_t bytes_that_show(std::string_view text, std::string_view secret) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < secret.size();) {
    if (at == text.size()) return 0;
    if (text[at] == secret[i]) {
      ++at;
      ++i;
      continue;
    }
    const std::size_t hidden = hidden_bytes(text.substr(at));
    if (hidden == 0) return 0;
    at += hidden;
  }
  return at;
}

}  // namespace

void strike_out(std::string& text, const management::Secret& secret) {
  constexpr std::size_t secret_bytes_min = 4;
  constexpr std::string_view mark = "***";
  const std::string& hidden = secret.reveal();
  if (hidden.size() < secret_bytes_min) return;
  std::size_t at = text.find(hidden.front());
  while (at != std::string::npos) {
    const std::size_t bytes = bytes_that_show(std::string_view{text}.substr(at), hidden);
    if (bytes > 0) text.replace(at, bytes, mark);
    at = text.find(hidden.front(), at + (bytes > 0 ? mark.size() : 1));
  }
}

}  // namespace xai::base
