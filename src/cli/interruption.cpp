#include "cli/interruption.h"

#include <algorithm>
#include <utility>

namespace xai::cli {

using management::Error;
using management::ErrorKind;
using management::Outcome;

namespace {

void heed_signals(ReadLine& read, const std::function<int()>& interrupted,
                  const std::shared_ptr<bool>& was_cut_short) {
  if (!read) return;
  read = [read = std::move(read), interrupted, was_cut_short]() -> std::optional<std::string> {
    auto line = read();
    if (interrupted() == 0) return line;
    *was_cut_short = true;
    if (line) management::wipe(*line);
    return std::nullopt;
  };
}

/// The command that tells what became of a change of `command`; empty where it changes nothing.
std::string command_that_tells(const Command& command, const Options& options) {
  if (options.find("--secret-file") != nullptr) return "recover";
  if (command.is_write) return "list-keys";
  return command.name == "config" ? "config list" : "";
}

}  // namespace

CutShort heed_signals(Process& process) {
  const auto was_cut_short = std::make_shared<bool>(false);
  if (!process.interrupted) return was_cut_short;
  heed_signals(process.read_line, process.interrupted, was_cut_short);
  heed_signals(process.read_secret, process.interrupted, was_cut_short);
  return was_cut_short;
}

bool name_interruption(Status& status) {
  if (status || status.error().outcome == Outcome::done ||
      status.error().outcome == Outcome::unknown)
    return false;
  status.error() = {.kind = ErrorKind::cancelled,
                    .outcome = status.error().outcome,
                    .message = "interrupted before an answer was given",
                    .next = "run the command again"};
  return true;
}

void keep_last_words(const Process& process, Messages& messages, const Command& command,
                     const Options& options, const std::vector<std::string>& words) {
  if (!process.keep_last_words) return;
  const std::string teller = std::ranges::find(words, "--dry-run") == words.end()
                                 ? command_that_tells(command, options)
                                 : "";
  const Error error{
      .kind = ErrorKind::cancelled,
      .outcome = teller.empty() ? Outcome::unanswered : Outcome::unknown,
      .message = "interrupted a second time, so ended at once",
      .next = teller.empty() ? "run the command again" : "see `manage_xai " + teller + "`"};
  std::string text;
  const auto append = [&text](std::string_view part) {
    text.append(part);
    return 0;
  };
  Output output{append};
  Messages prepared{output};
  if (messages.is_json()) prepared.use_json();
  prepared.conclude(&error);
  output.flush();
  // What shows progress on a terminal is drawn over.
  const bool is_drawn_over = messages.output().is_terminal() && !messages.is_json();
  process.keep_last_words((is_drawn_over ? "\r\033[K" : "") + text);
}

}  // namespace xai::cli
