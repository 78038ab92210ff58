#include "client/printable.h"

#include "base/unicode.h"

namespace xai::client {
namespace {

bool is_blank(char32_t value) {
  return value == ' ' || (value >= '\t' && value <= '\r') || value == 0x2028 || value == 0x2029;
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t bytes_max = 300;
  std::string result;
  bool blank = false;
  while (!text.empty()) {
    const base::CodePoint point = base::first_code_point(text);
    if (point.is_valid && is_blank(point.value)) {
      blank = true;
    } else if (point.is_valid && !base::is_hidden(point.value)) {
      if (blank && !result.empty()) result += ' ';
      blank = false;
      if (result.size() + point.bytes > bytes_max) return result + "…";
      result.append(text.substr(0, point.bytes));
    }
    text.remove_prefix(point.bytes);
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
