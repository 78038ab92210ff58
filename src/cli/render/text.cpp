#include "cli/render/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace xai::cli {
namespace {

struct CodePoint {
  char32_t value;
  std::size_t bytes;
  bool is_valid;
};

CodePoint decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {lead, 1, false};
  static constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  char32_t value = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return {lead, 1, false};
    value = (value << 6U) | (byte(i) & 0x3fU);
  }
  const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < smallest.at(length) || value > 0x10ffff || is_surrogate) return {lead, 1, false};
  return {value, length, true};
}

using Range = std::pair<char32_t, char32_t>;

bool is_in(char32_t value, auto& ranges) {
  return std::ranges::any_of(
      ranges, [&](const Range& range) { return value >= range.first && value <= range.second; });
}

/// Controls, direction marks, and characters that take no room and can hide text.
bool is_unsafe(char32_t value) {
  static constexpr std::array<Range, 9> ranges{
      Range{0x00, 0x1f}, {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},    {0x200b, 0x200f},
      {0x2028, 0x202e},  {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xe0000, 0xe007f}};
  return is_in(value, ranges);
}

bool is_wide(char32_t value) {
  static constexpr std::array<Range, 8> ranges{
      Range{0x1100, 0x115f}, {0x2e80, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},
      {0xfe30, 0xfe6f},      {0xff00, 0xff60}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};
  return is_in(value, ranges);
}

bool is_combining(char32_t value) {
  static constexpr std::array<Range, 4> ranges{
      Range{0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}};
  return is_in(value, ranges);
}

std::size_t columns_of(char32_t value) { return is_combining(value) ? 0 : is_wide(value) ? 2 : 1; }

std::string escape_of(const CodePoint& point) {
  std::array<char, 16> buffer{};
  const char* format = !point.is_valid || point.value < 0x80 ? "\\x%02x" : "\\u{%x}";
  const int size =
      std::snprintf(buffer.data(), buffer.size(), format, static_cast<unsigned>(point.value));
  return {buffer.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode(text);
    if (!point.is_valid || is_unsafe(point.value))
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

std::size_t width_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint point = decode(text);
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
    const CodePoint point = decode(text);
    used += columns_of(point.value);
    if (used > columns - 1) break;
    result.append(text.substr(0, point.bytes));
    text.remove_prefix(point.bytes);
  }
  return result + "…";
}

}  // namespace xai::cli
