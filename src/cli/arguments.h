#pragma once

#include <span>
#include <string>

#include "cli/exit_code.h"
#include "cli/options.h"

namespace xai::cli {

/// Reads `words` into the variables the options are bound to. Required ones may be missing when
/// the flag `--help` is among the words.
management::Result<void> read_arguments(std::span<const std::string> words, const Options& options,
                                        const std::string& command);

/// The advice to look at the help of `command`, or of the program where it is empty.
std::string see_help(const std::string& command);

}  // namespace xai::cli
