#pragma once

#include <string>

#include "cli/command.h"

namespace xai::cli {

/// The grouped list of commands, fit for 80 columns.
std::string overview();

/// Everything about one command, fit for 80 columns.
std::string help_of(const Command& command);

// Their parts.
std::string form_of(const Option& option);         ///< `-v, --verbose`, `--name NAME`.
std::string explanation_of(const Option& option);  ///< With its values and its default.
/// `manage_xai get-key KEY [OPTION]...`; the first `own_count` options are the command's own.
std::string usage_of(const Command& command, const Options& options, std::size_t own_count);

/// A failure for a command that does not exist, with the closest ones that do.
std::unexpected<management::Error> unknown_command(const std::string& name,
                                                   const std::string& following);

/// The manual page of a command, and the page that lists all, in Markdown.
std::string manual_of(const Command& command);
std::string manual_overview();

}  // namespace xai::cli
