#pragma once

#include <string>

#include "xai/management/secret.h"

namespace xai::base {

/// Puts `***` wherever `secret` stands in `text`, also where hidden characters, their escapes, or
/// bytes that are no UTF-8 stand among its letters. A very short one stays: it could be a word.
void strike_out(std::string& text, const management::Secret& secret);

}  // namespace xai::base
