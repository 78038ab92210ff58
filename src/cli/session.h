#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "cli/exit_code.h"
#include "cli/messages.h"
#include "cli/render/output.h"
#include "cli/settings.h"
#include "xai/management/client.h"

namespace xai::cli {

enum class Format : std::uint8_t { text, json, jsonl, csv };

/// What surrounds the program. Tests put fakes here; main puts the real ones.
struct Process {
  std::vector<std::string> arguments{};  ///< Without the program's name.
  Environment environment{};
  ReadLine read_line{};  ///< A line of standard input.
  bool is_input_terminal{};
  base::Clock clock{};
  base::Sleep sleep{};
  base::Random random{};
  management::Transport transport{};  ///< Empty: the network.
};

/// What one run of a command works with.
class Session {
 public:
  Session(const Process& process, Settings settings, Format format, bool is_verbose, Output& output,
          Messages& messages);

  /// The client, made at the first call.
  /// Errors: unauthenticated when no management key was given.
  std::expected<const management::Client*, Failure> client();

  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] Format format() const { return format_; }
  [[nodiscard]] bool is_json() const { return format_ == Format::json; }
  [[nodiscard]] Output& output() { return *output_; }
  [[nodiscard]] Messages& messages() { return *messages_; }
  [[nodiscard]] management::Timestamp now() const { return process_->clock(); }

  /// The cluster asked for; empty for `auto`.
  [[nodiscard]] std::string region() const;
  /// Where keys of `region` are used; empty is `auto`.
  [[nodiscard]] std::string endpoint_of(const std::string& region) const;

  /// Whether a person can be asked: standard input and standard error are terminals.
  [[nodiscard]] bool can_ask() const;
  /// Asks for a yes on the terminal.
  bool confirm(const std::string& question);

  /// A time for people on a terminal, RFC 3339 in a pipe; `none` when there is none.
  [[nodiscard]] std::string shown_time(const std::optional<management::Timestamp>& time,
                                       const std::string& none) const;

 private:
  const Process* process_;
  Settings settings_;
  Format format_;
  bool is_verbose_;
  Output* output_;
  Messages* messages_;
  std::optional<management::Client> client_{};
};

}  // namespace xai::cli
