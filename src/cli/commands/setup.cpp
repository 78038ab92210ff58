#include <memory>

#include "base/closest.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/render/text.h"
#include "json/writer.h"

namespace xai::cli {
namespace {

Status show_version(Session& session) {
  if (session.is_json()) {
    std::string text;
    json::Writer writer{text, 2};
    writer.begin_object();
    writer.key("version");
    writer.string(XAI_VERSION);
    writer.end_object();
    session.output().write(text + "\n");
  } else {
    session.output().write("manage_xai " XAI_VERSION "\n");
  }
  return ExitCode::done;
}

Status show_help(Session& session, const std::vector<std::string>& names) {
  if (names.empty()) {
    session.output().write(overview());
    return ExitCode::done;
  }
  for (const std::string& name : names) {
    const Command* command = find_command(name);
    if (command == nullptr) return unknown_command(name);
    session.output().write(help_of(*command));
  }
  return ExitCode::done;
}

Run declare_help(Options& options) {
  auto names = std::make_shared<std::vector<std::string>>();
  options.argument("COMMAND", *names, "The command to explain").is_required = false;
  return [names](Session& session) { return show_help(session, *names); };
}

Run declare_version(Options&) { return show_version; }

}  // namespace

std::vector<Command> setup_commands() {
  std::vector<Command> list;
  list.push_back({.name = "help",
                  .group = Group::setup,
                  .summary = "Explain a command",
                  .description = "Without a command, all of them are listed.",
                  .examples = {"help", "help create-key"},
                  .formats = {"text"},
                  .declare = declare_help});
  list.push_back({.name = "version",
                  .group = Group::setup,
                  .summary = "Show the version",
                  .description = "",
                  .examples = {"version", "version --output json"},
                  .formats = {"text", "json"},
                  .declare = declare_version});
  return list;
}

}  // namespace xai::cli
