#pragma once

#include <expected>
#include <string>

namespace xai::cli {

/// Runs `sh -c command` with `text` on its standard input and 60 seconds of time. It does not see
/// the management key in its environment; what it prints goes to standard error. Done is exit
/// code 0; the error says in words what else came. SIGPIPE must be ignored.
std::expected<void, std::string> run_secret_command(const std::string& command,
                                                    const std::string& text);

}  // namespace xai::cli
