#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "json/builder.h"
#include "json/value.h"

namespace xai::json {

/// Reads a string, quotes included, that has escapes or more than ASCII in it; none when it is
/// malformed.
using ReadString = std::function<std::optional<Value>(std::string_view)>;

/// Reads a JSON text that is as plain as nearly all answers are, in two thirds of the parser's
/// time. It takes nothing that the parser refuses. False for all else, malformed or merely rare
/// (an exponent, say): what stands in `builder` is worthless then, and the parser has to decide.
bool read_plain(const std::string& text, std::size_t depth_max, const ReadString& read_string,
                Builder& builder);

}  // namespace xai::json
