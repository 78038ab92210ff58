#include "base/printable.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/unicode.h"

namespace xai::base {
namespace {

/// Whether all of it is ASCII that can be seen, as nearly all text is: nothing is to be done then.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter >= ' ' && letter <= '~'; });
}

std::string escape_of(const CodePoint& point) {
  std::array<char, 16> buffer{};
  const char* format = !point.is_valid || point.value < 0x80 ? "\\x%02x" : "\\u{%x}";
  const int size =
      std::snprintf(buffer.data(), buffer.size(), format, static_cast<unsigned>(point.value));
  return {buffer.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::string escaped(std::string_view text) {
  if (is_plain(text)) return std::string{text};
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (!point.is_valid || is_hidden(point.value))
      result += escape_of(point);
    else
      result.append(text.substr(0, point.bytes));
    text.remove_prefix(point.bytes);
  }
  return result;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t columns_max = 120;
  return "'" + cut_to(escaped(text), columns_max) + "'";
}

std::string listed_words(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + escaped(word);
  return text;
}

std::size_t width_of(std::string_view text) {
  if (is_plain(text)) return text.size();
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    columns += columns_of(point.value);
    text.remove_prefix(point.bytes);
  }
  return columns;
}

std::string cut_to(std::string_view text, std::size_t columns) {
  if (width_of(text) <= columns) return std::string{text};
  if (columns == 0) return {};
  std::string result;
  std::size_t used = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    used += columns_of(point.value);
    if (used > columns - 1) break;
    result.append(text.substr(0, point.bytes));
    text.remove_prefix(point.bytes);
  }
  return result + "…";
}

}  // namespace xai::base
