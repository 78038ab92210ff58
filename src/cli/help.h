#pragma once

#include <string>

#include "cli/command.h"

namespace xai::cli {

/// The grouped list of commands, fit for 80 columns.
std::string overview();

/// Everything about one command, fit for 80 columns.
std::string help_of(const Command& command);

/// A failure for a command that does not exist, with the closest ones that do.
std::unexpected<management::Error> unknown_command(const std::string& name,
                                                   const std::string& following);

/// The manual page of a command, and the page that lists all, in Markdown.
std::string manual_of(const Command& command);
std::string manual_overview();

}  // namespace xai::cli
