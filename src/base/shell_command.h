#pragma once

#include <chrono>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace xai::base {

struct ShellCommand {
  std::string_view words;                                ///< Behind `sh -c`.
  std::span<const std::string_view> hidden_variables{};  ///< Of our environment; it has all others.
  std::chrono::seconds time_max{60};
};

/// Runs a command with `text` on its standard input; what it prints goes to standard error. Done is
/// exit code 0; the error says in words what else came.
std::expected<void, std::string> run_shell_command(const ShellCommand& command,
                                                   std::string_view text);

}  // namespace xai::base
