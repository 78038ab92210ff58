#pragma once

#include <expected>
#include <optional>
#include <string>

#include "cli/options.h"
#include "cli/session.h"
#include "workflows/once_engine.h"
#include "xai/management/sink.h"

namespace xai::cli {

/// Where the user wants a minted secret: a file, a command, or standard output.
struct SinkInput {
  std::string file{};
  std::string command{};
  std::string variable{};
  bool force{};

  /// Whether the secret goes to a file or a command, so that no output may carry it.
  [[nodiscard]] bool is_hidden() const { return !file.empty() || !command.empty(); }
  /// Whether the secret goes out as one line `NAME=value` instead of as part of the key.
  [[nodiscard]] bool is_variable() const { return !variable.empty(); }
  /// `the file 'x'`, `the command`, `standard output`.
  [[nodiscard]] std::string description() const;
  /// The options that name this sink again: ` --secret-file 'x'`.
  [[nodiscard]] std::string options() const;
};
/// Options that do not fit each other are refused before the command begins.
void declare_sink_options(Options& options, SinkInput& input);

/// The sink of the workflow; none for standard output.
std::optional<management::Sink> sink_of(const SinkInput& input);

/// Delivers the secret of the engine's record: to the file or command, and nothing else; or to
/// standard output, with all that waits there. The error says in words what stopped it.
std::expected<void, std::string> hand_over(Session& session, const SinkInput& input,
                                           workflows::OnceEngine& engine);

}  // namespace xai::cli
