#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace xai::base {

/// Overwrites what held a secret, even though nobody reads it again.
void wipe(std::span<char> bytes);

/// Makes room for more bytes without leaving a copy of the old ones behind.
void make_room(std::string& text, std::size_t more);

/// Appends likewise.
void append_wiping(std::string& text, std::string_view more);

}  // namespace xai::base
