#pragma once

#include <span>
#include <string>
#include <string_view>

namespace xai::base {

/// Overwrites what held a secret, even though nobody reads it again.
void wipe(std::span<char> bytes);

/// Appends without leaving a copy of the old bytes behind when the text has to grow.
void append_wiping(std::string& text, std::string_view more);

}  // namespace xai::base
