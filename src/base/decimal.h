#pragma once

#include <string_view>

namespace xai::base {

/// Whether `text` is a number in the notation of JSON.
bool is_number(std::string_view text);

}  // namespace xai::base
