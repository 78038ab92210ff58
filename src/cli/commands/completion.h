#pragma once

#include <string_view>

#include "cli/session.h"

namespace xai::cli {

/// What `shell` has to read; empty for one that is not known.
std::string_view completion_script(std::string_view shell);

/// Answers the script of a shell: `__complete SHELL BEGUN WORD...`.
void complete_words(const Process& process, Output& output);

}  // namespace xai::cli
