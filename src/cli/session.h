#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "cli/exit_code.h"
#include "cli/messages.h"
#include "cli/render/output.h"
#include "cli/settings.h"
#include "xai/management/account.h"
#include "xai/management/call_options.h"

namespace xai::cli {

enum class Format : std::uint8_t { text, json, jsonl, csv };

/// What surrounds the program. Tests put fakes here; main puts the real ones.
struct Process {
  std::vector<std::string> arguments{};  ///< Without the program's name.
  client::Environment environment{};
  ReadLine read_line{};    ///< A line of standard input.
  ReadLine read_secret{};  ///< The same, not shown by a terminal. May be empty.
  bool is_input_terminal{};
  base::Clock clock{};
  base::Sleep sleep{};
  base::Random random{};
  management::Transport transport{};   ///< Empty: the network.
  std::function<int()> interrupted{};  ///< The signal that asked us to stop; 0 for none.
  /// Ends the process, without a word, where it still runs after that span. May be empty.
  std::function<void(std::chrono::milliseconds)> end_within{};
  /// Takes what goes to standard error where a second signal ends the process. May be empty.
  std::function<void(std::string_view)> keep_last_words{};
};

/// What one run of a command works with.
class Session {
 public:
  /// `trace` may be empty.
  Session(const Process& process, Settings settings, Format format, bool is_verbose,
          std::function<void(std::string_view)> trace, Output& output, Messages& messages);

  /// What workflows work with; its client is made at the first call, and the key fetched for it.
  const management::Account& account();
  /// The account's client.
  /// Errors: unauthenticated when no management key was given.
  management::Result<const management::Client*> client();
  /// Tells the user what happens while a workflow runs.
  [[nodiscard]] management::CallOptions call_options();

  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] Format format() const { return format_; }
  [[nodiscard]] bool is_json() const { return format_ == Format::json; }
  [[nodiscard]] Output& output() { return *output_; }
  [[nodiscard]] bool is_terminal() const { return output_->is_terminal(); }
  [[nodiscard]] Messages& messages() { return *messages_; }
  [[nodiscard]] management::Timestamp now() const { return process_->clock(); }

  /// Now by the service's clock, to the second, once an answer has told it; else by ours.
  [[nodiscard]] management::Timestamp their_now() const;

  /// The cluster asked for; empty for `auto`.
  [[nodiscard]] std::string region() const;
  /// Where keys of `region` are used; empty is `auto`.
  [[nodiscard]] std::string endpoint_of(const std::string& region) const;

  /// The signal that asked us to stop; 0 for none.
  [[nodiscard]] int interrupted() const {
    return process_->interrupted ? process_->interrupted() : 0;
  }
  [[nodiscard]] const ReadLine& read_line() const { return process_->read_line; }
  /// A line that a terminal does not show.
  [[nodiscard]] std::optional<std::string> read_secret() const {
    return process_->read_secret ? process_->read_secret() : process_->read_line();
  }
  [[nodiscard]] const client::Environment& environment() const { return process_->environment; }
  /// One of other settings, which shares process, output and messages.
  [[nodiscard]] Session with(Settings settings) const {
    return {*process_, std::move(settings), format_, is_verbose_, trace_, *output_, *messages_};
  }
  void sleep(std::chrono::milliseconds span) const { process_->sleep(span); }
  /// Whether the locale's characters are UTF-8.
  [[nodiscard]] bool is_utf8() const;
  /// Small letters and digits, by chance.
  [[nodiscard]] std::string random_word(std::size_t letters) const;
  /// Where what outlives a run is kept: `$XDG_STATE_HOME/xai-management`.
  /// Errors: local_trouble when neither XDG_STATE_HOME nor HOME is set.
  [[nodiscard]] management::Result<std::string> state_folder() const;

  /// Whether a write was answered well: what fails from then on fails after the change.
  [[nodiscard]] bool has_changed() const { return has_changed_; }
  void note_change() {
    has_changed_ = true;
    messages_->release_notes();
  }

  /// Keeps a minted secret out of all words, and where it `is_hidden` out of the data too.
  void keep_out(const management::Secret& secret, bool is_hidden);

  /// How many requests were sent so far.
  [[nodiscard]] std::size_t request_count() const { return request_count_; }

  /// Whether a person can be asked: standard input and standard error are terminals.
  [[nodiscard]] bool can_ask() const;
  /// Asks for a yes on the terminal.
  bool confirm(const std::string& question);
  /// Asks on the terminal for `wanted` to be typed.
  bool confirm_by_typing(const std::string& question, const std::string& wanted);

  /// A time for people on a terminal, RFC 3339 in a pipe; `none` when there is none.
  [[nodiscard]] std::string shown_time(const std::optional<management::Timestamp>& time,
                                       const std::string& none) const;
  /// The same for what cannot lie ahead.
  [[nodiscard]] std::string shown_past(const std::optional<management::Timestamp>& time,
                                       const std::string& none) const;

 private:
  /// Gets the key where it is still to come.
  void fetch_key();

  const Process* process_;
  Settings settings_;
  Format format_;
  bool is_verbose_;
  std::function<void(std::string_view)> trace_;
  std::size_t request_count_{};
  bool has_changed_{};
  std::optional<management::Error> key_failure_{};
  Output* output_;
  Messages* messages_;
  std::optional<management::Account> account_{};
};

}  // namespace xai::cli
