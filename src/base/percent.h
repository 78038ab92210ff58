#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xai::base {

/// Percent-encodes all but the unreserved characters of RFC 3986: safe as one path segment and
/// as a query value.
std::string percent_encode(std::string_view text);

/// Undoes percent_encode; `plus_is_space` as in a query. None for a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

}  // namespace xai::base
