#include "base/closest.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/render/result.h"
#include "cli/results.h"

namespace xai::cli {
namespace {

Status show_version(Session& session) {
  print_result(session, VersionResult{XAI_VERSION},
               [&] { session.output().write("manage_xai " XAI_VERSION "\n"); });
  return ExitCode::done;
}

struct HelpInput {
  std::vector<std::string> names{};

  void declare(Options& options) {
    options.argument("COMMAND", names, "The command to explain").is_required = false;
  }
};

Status show_help(Session& session, const HelpInput& input) {
  if (input.names.empty()) {
    session.output().write(overview());
    return ExitCode::done;
  }
  std::vector<const Command*> asked;
  for (const std::string& name : input.names) {
    asked.push_back(find_command(name));
    if (asked.back() == nullptr) return unknown_command(name, "");
  }
  for (const Command* const command : asked) session.output().write(help_of(*command));
  return ExitCode::done;
}

}  // namespace

Command help_command() {
  return {.name = "help",
          .group = Group::setup,
          .summary = "Explain a command",
          .description = "Without a command, all of them are listed.",
          .examples = {"help", "help create-key"},
          .formats = {"text"},
          .declare = declare_with<HelpInput, show_help>,
          .is_local = true};
}

Command version_command() {
  return {.name = "version",
          .group = Group::setup,
          .summary = "Show the version",
          .description = "",
          .examples = {"version", "version --output json"},
          .formats = {"text", "json"},
          .declare = declare_plain<show_version>,
          .is_local = true};
}

}  // namespace xai::cli
