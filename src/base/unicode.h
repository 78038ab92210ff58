#pragma once

#include <cstddef>
#include <string_view>

namespace xai::base {

struct CodePoint {
  char32_t value;  ///< The byte itself where it is not UTF-8.
  std::size_t bytes;
  bool is_valid;
};

/// The first character of `text`, which must not be empty. A byte that is not UTF-8 stands alone.
CodePoint first_code_point(std::string_view text);

bool is_utf8(std::string_view text);

/// Controls, direction marks, and characters that take no room and can hide text.
bool is_hidden(char32_t value);

/// How many columns a terminal gives the character: 0, 1 or 2.
std::size_t columns_of(char32_t value);

}  // namespace xai::base
