#pragma once

#include <string>

#include "cli/exit_code.h"
#include "cli/messages.h"
#include "cli/settings.h"
#include "xai/management/secret.h"

namespace xai::cli {

/// The first line of the file, or of standard input for `-`, without blanks around it. `what` it
/// is and the `option` that named the file are for messages.
/// Errors: local_trouble.
management::Result<management::Secret> read_key_file(const std::string& what,
                                                     const std::string& option,
                                                     const std::string& path,
                                                     const ReadLine& read_line, Messages& messages);

}  // namespace xai::cli
