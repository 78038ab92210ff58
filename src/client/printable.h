#pragma once

#include <string>
#include <string_view>

namespace xai::client {

/// `text` fit for one line of a message: trimmed, cut to about 300 bytes, runs of blanks and
/// line breaks as one space, and without control and bidi characters or broken UTF-8.
std::string shown(std::string_view text);

}  // namespace xai::client
