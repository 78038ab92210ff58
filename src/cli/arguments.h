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

/// Where the command stands among the words: the first word that is neither an option nor an
/// option's value. The end when there is none.
std::size_t find_command_word(std::span<const std::string> words);

/// The advice to look at the help of `command`, or of the program where it is empty.
std::string see_help(const std::string& command);

}  // namespace xai::cli
