#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/exit_code.h"
#include "cli/messages.h"

namespace xai::cli {

/// What takes the lines of the trace: nothing for an empty path, else a file for this user alone.
/// Errors: local_trouble.
management::Result<std::function<void(std::string_view)>> open_trace_file(const std::string& path,
                                                                          Messages& messages);

}  // namespace xai::cli
