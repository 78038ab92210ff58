#pragma once

#include <string_view>

namespace xai::base {

/// Whether `text` has the form of a UUID, as every id of a key has.
bool is_uuid(std::string_view text);

}  // namespace xai::base
