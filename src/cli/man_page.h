#pragma once

#include <string>

#include "cli/command.h"

namespace xai::cli {

/// The manual pages, in roff: of a command, as `manage_xai-create-key(1)`, and of the program.
std::string man_page_of(const Command& command);
std::string man_page();

}  // namespace xai::cli
