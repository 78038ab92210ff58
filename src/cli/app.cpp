#include "cli/app.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/try.h"
#include "cli/advice.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/commands/completion.h"
#include "cli/help.h"
#include "cli/interruption.h"
#include "cli/keyring.h"
#include "cli/render/text.h"
#include "cli/trace_file.h"

namespace xai::cli {

using management::ErrorKind;
using management::Outcome;

namespace {

Format format_of(const std::string& name) {
  if (name == "json") return Format::json;
  if (name == "jsonl") return Format::jsonl;
  return name == "csv" ? Format::csv : Format::text;
}

/// Errors in the arguments come before `--output` has been read, so it is looked for by hand.
bool asks_for_json(const std::vector<std::string>& arguments) {
  std::string_view previous;
  for (const std::string& word : arguments) {
    if (word == "--output=json" || (word == "json" && previous == "--output")) return true;
    previous = word;
  }
  return false;
}

/// What could not be written outweighs a success that nobody saw.
Status check_output(Status status, Output& output, bool has_changed) {
  if (output.flush() || (!status && status.error().outcome == Outcome::done)) return status;
  if (output.error() == EPIPE && !has_changed) return ExitCode::pipe_closed;
  if (!status) return status;
  return std::unexpected{management::Error{
      .kind = ErrorKind::failed_precondition,
      .outcome = has_changed ? Outcome::done : Outcome::unanswered,
      .reason = management::Reason::local_trouble,
      .message =
          std::string{"cannot write to standard output ("} + std::strerror(output.error()) + ")",
      .next = has_changed ? "see `manage_xai list-keys` for the current state"
                          : "send standard output somewhere that accepts it"}};
}

Status run_command(const Command& command, Process& process, Output& output, Messages& messages,
                   const std::vector<std::string>& words) {
  Declared declared{&command};
  const Options& options = declared.options;
  GlobalOptions& globals = declared.globals;
  TRY(read_arguments(words, options, std::string{command.name}));
  if (globals.help) {
    output.write(help_of(command));
    return ExitCode::done;
  }
  if (globals.quiet) messages.be_quiet();
  const bool is_colourless =
      globals.no_color || !process.environment("NO_COLOR").value_or("").empty();
  if (is_colourless) {
    output.use_colour(false);
    messages.output().use_colour(false);
  }
  std::optional<Profile> profile;
  if (!command.is_local) profile = TRY(choose_profile(globals.profile, process.environment));
  auto settings =
      TRY(resolve_settings(globals, profile, process.environment, process.read_line, messages));
  if (command.is_local) settings.profile = {globals.profile, "--profile"};
  // What a profile asks for, a command may not have.
  if (std::ranges::find(command.formats, settings.output) == command.formats.end())
    settings.output.clear();
  if (settings.output == "json") messages.use_json();
  keep_last_words(process, messages, command, options, words);
  auto trace = TRY(open_trace_file(globals.trace_file, messages));
  output.hide(settings.management_key);
  messages.output().hide(settings.management_key);
  const Format format = format_of(settings.output);
  Session session{process, std::move(settings), format, globals.verbose, std::move(trace), output,
                  messages};
  // A change whose result nobody can be told is better not made.
  if (command.is_write && !output.is_open())
    return local_failure("standard output is closed or full, so the result would be lost",
                         "run the command with standard output open");
  const auto check_rules_and_run = [&]() -> Status {
    for (const Rule& rule : options.rules()) TRY(rule(session));
    return declared.run(session);
  };
  Status status = check_rules_and_run();
  if (!status) name_sources(status.error(), session.settings());
  status = check_output(std::move(status), output, session.has_changed());
  if (globals.verbose) messages.log(counted(session.request_count(), "request"));
  return status;
}

/// A usage error whose own words do not say what to do points to the command's help.
Status with_advice(Status status, const Command& command) {
  if (!status && exit_code_of(status.error()) == ExitCode::usage && next_of(status.error()).empty())
    status.error().next = see_help(std::string{command.name});
  return status;
}

Status dispatch(Process& process, Output& output, Messages& messages) {
  // What shells and this program ask of it, not people.
  const std::string first = process.arguments.empty() ? "" : process.arguments.front();
  if (first == "__complete" || first == "__keyring") {
    first == "__complete" ? complete_words(process, output) : serve_keyring(process, output);
    return ExitCode::done;
  }
  std::vector<std::string> words = std::move(process.arguments);
  const std::size_t place = find_command_word(words);
  if (place == words.size()) {
    const auto has = [&](std::string_view word) {
      return std::ranges::find(words, word) != words.end();
    };
    if (has("--version")) {
      output.write("manage_xai " XAI_VERSION "\n");
      return ExitCode::done;
    }
    if (!words.empty() && !has("--help") && !has("-h")) {
      const Declared declared{nullptr};
      TRY(read_arguments(words, declared.options, ""));
    }
    output.write(overview());
    return ExitCode::done;
  }
  const Command* command = find_command(words[place]);
  if (command == nullptr)
    return unknown_command(words[place], place + 1 < words.size() ? words[place + 1] : "");
  if (command->is_local) messages.be_local();
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(place));
  return with_advice(run_command(*command, process, output, messages, words), *command);
}

/// A run that a signal ended, or that ended well in spite of one, says so by its exit code.
ExitCode exit_code(const Status& status, int signal) {
  const ExitCode code = status ? *status : exit_code_of(status.error());
  const bool gives_way =
      code == ExitCode::done || code == ExitCode::pending || code == ExitCode::interrupted;
  if (signal == 0 || !gives_way) return code;
  return signal == SIGTERM ? ExitCode::terminated : ExitCode::interrupted;
}

}  // namespace

int run(Process& process, Output& output, Output& error_output) {
  Messages messages{error_output};
  if (asks_for_json(process.arguments)) messages.use_json();
  const CutShort cut_short = heed_signals(process);
  Status status = check_output(dispatch(process, output, messages), output, false);
  if (*cut_short && name_interruption(status) && process.is_input_terminal &&
      error_output.is_terminal())
    error_output.write("\n");
  const int signal = process.interrupted ? process.interrupted() : 0;
  if (status && *status != ExitCode::interrupted && signal != 0)
    messages.note(*status == ExitCode::pending ? "interrupted; what was asked for is still pending"
                                               : "interrupted, but what was asked for is done");
  messages.conclude(status ? nullptr : &status.error());
  return static_cast<int>(exit_code(status, signal));
}

}  // namespace xai::cli
