#pragma once

#include <functional>
#include <string>
#include <vector>

#include "xai/management/result.h"
#include "xai/management/secret.h"

namespace xai::cli {

/// The first line that a command prints, which `what` names; its `words` are run without a shell
/// and have a minute.
/// Errors: unauthenticated; cancelled, which also ends the command.
management::Result<management::Secret> key_of_command(const std::string& what,
                                                      const std::vector<std::string>& words,
                                                      const std::function<bool()>& is_cancelled);

}  // namespace xai::cli
