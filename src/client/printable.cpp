#include "client/printable.h"

#include "base/unicode.h"

namespace xai::client {
namespace {

bool is_blank(char32_t value) {
  return value == ' ' || (value >= '\t' && value <= '\r') || value == 0x2028 || value == 0x2029;
}

/// One line without what cannot be seen.
std::string cleaned(std::string_view text) {
  std::string result;
  bool blank = false;
  while (!text.empty()) {
    const base::CodePoint point = base::first_code_point(text);
    if (point.is_valid && is_blank(point.value)) {
      blank = true;
    } else if (point.is_valid && !base::is_hidden(point.value)) {
      if (blank && !result.empty()) result += ' ';
      blank = false;
      result.append(text.substr(0, point.bytes));
    }
    text.remove_prefix(point.bytes);
  }
  return result;
}

/// The beginning that fits into `bytes`, whole characters only.
void cut_to_bytes(std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return;
  std::size_t end = 0;
  while (true) {
    const std::size_t next = end + base::first_code_point(std::string_view{text}.substr(end)).bytes;
    if (next > bytes) break;
    end = next;
  }
  text.resize(end);
  text += "…";
}

}  // namespace

std::string shown(std::string_view text, const Secrets* secrets) {
  constexpr std::size_t bytes_max = 300;
  std::string result = cleaned(text);
  if (secrets != nullptr) secrets->strike_out(result);
  cut_to_bytes(result, bytes_max);
  return result;
}

}  // namespace xai::client
