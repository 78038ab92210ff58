#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace xai::base {

/// Text from outside made safe for a terminal: hidden characters, and bytes that are not UTF-8,
/// become visible escapes such as `\x1b` and `\u{202e}`.
std::string escaped(std::string_view text);

/// `escaped` in single quotes, cut when very long: for error messages.
std::string in_quotes(std::string_view text);

/// The words, escaped, joined by commas.
std::string listed_words(std::span<const std::string> words);

/// How many columns a terminal needs for `text`, which has been escaped.
std::size_t width_of(std::string_view text);

/// The longest beginning of `text` that fits into `columns`, with `…` where something was cut.
std::string cut_to(std::string_view text, std::size_t columns);

}  // namespace xai::base
