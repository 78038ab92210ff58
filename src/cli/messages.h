#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "cli/render/output.h"

namespace xai::cli {

/// What the program says beside its data, on standard error. In JSON mode warnings and notes are
/// kept back, so that standard error is one JSON document.
class Messages {
 public:
  explicit Messages(Output& error_output) : output_{&error_output} {}

  void use_json() { is_json_ = true; }
  [[nodiscard]] bool is_json() const { return is_json_; }
  void be_quiet() { is_quiet_ = true; }
  /// The command sends nothing at all, so that an error need not say so.
  void be_local() { is_local_ = true; }

  /// Something the user should mend. Shown even when quiet.
  void warn(std::string text);
  /// Something the user would like to know. Not shown when quiet, nor before a refusal, which it
  /// would only lead away from: it waits until what it is about has been done.
  void note(std::string text);
  /// What was asked for is being done, so that notes need not wait.
  void release_notes();
  /// A line of the request log.
  void log(std::string_view line);
  /// How far long work has come: one line that is drawn over, on a terminal only.
  void progress(const std::string& text);
  /// Asks on the terminal; the answer comes from elsewhere.
  void ask(const std::string& question);

  /// The last word: the failure, if any, and in JSON mode the warnings kept back.
  void conclude(const management::Error* failure);

  [[nodiscard]] Output& output() { return *output_; }

 private:
  void say(const std::string& line);
  void conclude_json(const management::Error* failure);

  Output* output_;
  std::vector<std::string> warnings_{};
  std::vector<std::string> notes_{};
  bool has_released_notes_{};
  bool is_json_{};
  bool is_quiet_{};
  bool is_local_{};
  bool has_progress_{};
};

}  // namespace xai::cli
