#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace xai::cli {

/// Text from outside made safe for a terminal: control, escape and bidi characters, and bytes that
/// are not UTF-8, become visible escapes such as `\x1b` and `\u{202e}`.
std::string escaped(std::string_view text);

/// `escaped` in single quotes, cut when very long: for error messages.
std::string in_quotes(std::string_view text);

/// How many columns a terminal needs for `text`, which has been escaped.
std::size_t width_of(std::string_view text);

/// The longest beginning of `text` that fits into `columns`, with `…` where something was cut.
std::string cut_to(std::string_view text, std::size_t columns);

}  // namespace xai::cli
