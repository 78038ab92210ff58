#pragma once

#include <chrono>
#include <expected>
#include <functional>
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

struct Program {
  std::span<const std::string> words;  ///< As they are; the first is found in PATH.
  std::string_view input{};            ///< What it reads on standard input, up to 64 KiB.
  std::chrono::seconds time_max;
  /// Whether to end it at once, asked again and again while it runs. May be empty.
  std::function<bool()> is_cancelled{};
};

/// Runs a program and answers what it prints, up to 64 KiB. It may ask the user something on the
/// terminal. The error says in words why there is nothing: it could not be run, or ended with
/// another code than 0, or too late, or was cancelled.
std::expected<std::string, std::string> output_of(const Program& program);

}  // namespace xai::base
