#include "base/unicode.h"

#include <algorithm>
#include <array>
#include <utility>

namespace xai::base {
namespace {

using Range = std::pair<char32_t, char32_t>;

bool is_in(char32_t value, const auto& ranges) {
  return std::ranges::any_of(
      ranges, [&](const Range& range) { return value >= range.first && value <= range.second; });
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

/// How many bytes a character has by its first one; 0 for a byte that begins none.
std::size_t length_of(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  const CodePoint broken{lead, 1, false};
  const std::size_t length = length_of(lead);
  if (length == 1) return {lead, 1, true};
  if (length == 0 || text.size() < length) return broken;
  static constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  char32_t value = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return broken;
    value = (value << 6U) | (byte(i) & 0x3fU);
  }
  const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < smallest.at(length) || value > 0x10ffff || is_surrogate) return broken;
  return {value, length, true};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (!point.is_valid) return false;
    text.remove_prefix(point.bytes);
  }
  return true;
}

bool is_hidden(char32_t value) {
  if (value >= ' ' && value < 0x7f) return false;
  // The controls, the line separators, and what Unicode calls ignorable by default.
  static constexpr std::array<Range, 19> ranges{
      Range{0x00, 0x1f},  {0x7f, 0x9f},       {0xad, 0xad},      {0x34f, 0x34f},
      {0x61c, 0x61c},     {0x115f, 0x1160},   {0x17b4, 0x17b5},  {0x180b, 0x180f},
      {0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},  {0x3164, 0x3164},
      {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},  {0xfff0, 0xfffb},
      {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};
  return is_in(value, ranges);
}

std::size_t columns_of(char32_t value) { return is_combining(value) ? 0 : is_wide(value) ? 2 : 1; }

}  // namespace xai::base
