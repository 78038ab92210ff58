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

}  // namespace xai::cli
