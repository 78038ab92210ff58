#pragma once

#include <string>

#include "xai/management/error.h"

namespace xai::cli {

/// What to do next about an error: its own words, else a command that helps; may be empty.
std::string next_of(const management::Error& error);

}  // namespace xai::cli
