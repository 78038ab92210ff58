#pragma once

#include "cli/render/output.h"
#include "cli/session.h"

namespace xai::cli {

/// Runs the program: arguments in, exit code out. Nothing in it touches the process itself.
int run(Process& process, Output& output, Output& error_output);

}  // namespace xai::cli
