#pragma once

#include <expected>
#include <string>

#include "cli/file.h"
#include "cli/options.h"
#include "cli/session.h"

namespace xai::cli {

/// Where the user wants a minted secret.
struct SinkInput {
  std::string file{};
  std::string command{};
  std::string variable{};
  bool force{};
};
void declare_sink_options(Options& options, SinkInput& input);

/// Where a minted secret goes: standard output, a file, or the standard input of a command. It is
/// opened, and its space reserved, before there is a secret.
class SecretSink {
 public:
  /// Errors: usage for options that do not fit each other; local_trouble for a place that cannot
  /// be written to.
  static management::Result<SecretSink> open(Session& session, const SinkInput& input);
  SecretSink(SecretSink&&) noexcept = default;
  SecretSink& operator=(SecretSink&&) = delete;
  ~SecretSink();

  /// Whether the secret goes to a file or a command, so that no output may carry it.
  [[nodiscard]] bool is_hidden() const { return !input_.file.empty() || !input_.command.empty(); }
  /// Whether the secret goes out as one line `NAME=value` instead of as part of the key.
  [[nodiscard]] bool is_variable() const { return !input_.variable.empty(); }
  /// `the file 'x'`, `the command`, `standard output`.
  [[nodiscard]] std::string description() const;
  /// The file that is being made; empty when there is none.
  [[nodiscard]] const std::string& temporary_file() const { return temporary_; }

  /// Delivers to the file or command, or prints the line; and, since a secret whose delivery is
  /// reported has been delivered, lets out what waits to be printed: the error says in words what
  /// stopped any of it.
  std::expected<void, std::string> deliver(const management::Secret& secret);

  /// The options that name this sink again: ` --secret-file 'x'`.
  [[nodiscard]] std::string options() const;

 private:
  SecretSink(Session& session, SinkInput input) : session_{&session}, input_{std::move(input)} {}
  management::Result<void> begin_file();
  std::expected<void, std::string> end_file(const std::string& text);

  Session* session_;
  SinkInput input_;
  std::string temporary_{};
  File file_{};
};

}  // namespace xai::cli
