#include "cli/sinks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

#include "base/shell_command.h"
#include "cli/render/text.h"
#include "workflows/sink.h"

namespace xai::cli {

using management::Secret;

namespace {

/// What holds the management key.
constexpr std::array<std::string_view, 3> key_variables{
    "XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY", client::foreign_key_variable};

bool is_variable_name(std::string_view name) {
  const auto fits = [](unsigned char letter) { return std::isalnum(letter) != 0 || letter == '_'; };
  return std::ranges::all_of(name, fits) && std::isdigit(static_cast<unsigned char>(name[0])) == 0;
}

/// That the options fit each other, and the output.
management::Result<void> check_sink(Session& session, const SinkInput& input) {
  if (!input.file.empty() && !input.command.empty())
    return usage_failure("--secret-file and --secret-command cannot both take the secret",
                         "give one of them");
  if (input.force && input.file.empty())
    return usage_failure("--force is about --secret-file, which is not given");
  if (input.is_variable() && !is_variable_name(input.variable))
    return usage_failure("--secret-env must be the name of a variable, not " +
                         in_quotes(input.variable));
  if (input.is_variable() && !input.is_hidden() && session.is_json())
    return usage_failure("--secret-env prints a line that is not JSON",
                         "leave one of --secret-env and --output json out, or add --secret-file");
  return {};
}

}  // namespace

void declare_sink_options(Options& options, SinkInput& input) {
  options.option("--secret-file", input.file, "FILE", "Put the secret into a new file, mode 0600")
      .of_this_machine();
  options.flag("--force", input.force, "Let --secret-file replace a file");
  options
      .option("--secret-command", input.command, "CMD",
              "Give the secret to a shell command, on its stdin")
      .of_this_machine();
  options.option("--secret-env", input.variable, "NAME", "Write the secret as one line NAME=value")
      .unique();
  options.add_rule([&input](Session& session) { return check_sink(session, input); });
}

std::optional<management::Sink> sink_of(const SinkInput& input) {
  if (!input.file.empty())
    return management::SecretFile{
        .path = input.file, .replaces = input.force, .variable = input.variable};
  if (input.command.empty()) return std::nullopt;
  return management::TakeSecret{[command = input.command, variable = input.variable](
                                    const Secret& secret) -> std::expected<void, std::string> {
    auto text = workflows::text_of(secret, variable);
    if (!text) return std::unexpected(std::move(text).error());
    auto result = base::run_shell_command({command, key_variables}, *text);
    management::wipe(*text);
    return result;
  }};
}

std::string SinkInput::description() const {
  if (!file.empty()) return "the file " + in_quotes(file);
  return command.empty() ? "standard output" : "the command";
}

std::string SinkInput::options() const {
  std::string text;
  // A command to run must name the very file: one that is shown cut or escaped is left to the user.
  const std::string quoted = in_quotes(file);
  const bool is_whole = quoted == "'" + file + "'" && !file.contains('\'');
  if (!file.empty()) text += " --secret-file " + (is_whole ? quoted : "FILE");
  if (force) text += " --force";
  if (!command.empty()) text += " --secret-command CMD";
  if (!variable.empty()) text += " --secret-env " + variable;
  return text;
}

std::expected<void, std::string> hand_over(Session& session, const SinkInput& input,
                                           workflows::OnceEngine& engine) {
  Output& output = session.output();
  if (input.is_hidden()) {
    auto delivered = engine.deliver();
    if (delivered) return {};
    return std::unexpected(std::move(delivered).error().message);
  }
  if (input.is_variable()) {
    auto line = workflows::text_of(engine.record().secret, input.variable);
    if (!line) return std::unexpected(std::move(line).error());
    output.write(*line);
    management::wipe(*line);
  }
  if (!output.flush()) return std::unexpected(std::string{std::strerror(output.error())});
  return {};
}

}  // namespace xai::cli
