#pragma once

#include <string>
#include <string_view>

namespace xai::json {

/// What is certain of a JSON text that broke off: its beginning up to the last whole value, with
/// all that is open closed. A member or item that was cut is left out; a number counts once
/// something stands behind it, a string once its closing quote is there.
/// It parses, or is empty: when nothing is whole, when more than 64 levels are open, and when what
/// stands before the break is no JSON.
std::string whole_part(std::string_view text);

}  // namespace xai::json
