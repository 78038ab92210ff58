#pragma once

#include <string>
#include <string_view>

#include "xai/management/secret.h"

namespace xai::client {

/// `text` fit for one line of a message: trimmed, cut to about 300 bytes, runs of blanks and
/// line breaks as one space, and without control and bidi characters or broken UTF-8.
std::string shown(std::string_view text);

/// Puts `***` wherever `secret` stands in `text`. A very short one stays: it could be a word.
void strike_out(std::string& text, const management::Secret& secret);

}  // namespace xai::client
