#include "cli/help.h"

#include <algorithm>

#include "base/closest.h"
#include "cli/render/text.h"

namespace xai::cli {
namespace {

constexpr std::size_t columns_max = 80;
constexpr std::string_view program = "manage_xai";

/// `text` broken at spaces to fit, each line behind `margin` spaces.
std::string wrapped(std::string_view text, std::size_t margin) {
  std::string result;
  std::string line;
  const auto end_line = [&] {
    if (!line.empty()) result += std::string(margin, ' ') + line + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && margin + line.size() + 1 + word.size() > columns_max) end_line();
    if (!line.empty()) line += ' ';
    line += word;
  }
  end_line();
  return result;
}

/// Options `from` to `to` as two columns.
std::string option_lines(const Options& options, std::size_t from, std::size_t to) {
  constexpr std::size_t form_columns = 28;
  std::string text;
  for (std::size_t i = from; i < to; ++i) {
    const Option& option = options.all()[i];
    std::string line = "  " + form_of(option);
    const std::string explanation = wrapped(explanation_of(option), form_columns);
    if (line.size() + 2 <= form_columns) {
      line.append(form_columns - line.size(), ' ');
      text += line + explanation.substr(form_columns);
    } else {
      text += line + "\n" + explanation;
    }
  }
  return text;
}

}  // namespace

std::string form_of(const Option& option) {
  std::string form;
  if (!option.short_name.empty()) form = option.short_name + ", ";
  form += option.name;
  if (!option.implied_value.empty())
    form += "[=" + option.value + "]";
  else if (!option.value.empty() && !option.is_argument)
    form += " " + option.value;
  return form;
}

std::string explanation_of(const Option& option) {
  std::string text = option.help;
  if (!option.choices.empty()) text += ": " + listed(option.choices);
  if (!option.implied_value.empty())
    text += " (without " + option.value + ": " + option.implied_value + ")";
  if (!option.shown_default.empty()) text += " (default " + option.shown_default + ")";
  if (option.is_required && !option.is_argument) text += " (required)";
  return text;
}

std::string usage_of(const Command& command, const Options& options, std::size_t own_count) {
  std::string usage = std::string{program} + " " + std::string{command.name};
  for (std::size_t i = 0; i < own_count; ++i) {
    const Option& option = options.all()[i];
    if (option.is_argument)
      usage += (option.is_required ? " " : " [") + option.name +
               (option.is_repeatable ? "..." : "") + (option.is_required ? "" : "]");
    else if (option.is_required)
      usage += " " + option.name + " " + option.value;
  }
  return usage + " [OPTION]...";
}

std::string overview() {
  std::string text =
      "Usage: manage_xai COMMAND [OPTION]...\n\n"
      "Manage the API keys of an xAI team.\n";
  const Command* previous = nullptr;
  for (const Command& command : commands()) {
    if (previous == nullptr || previous->group != command.group)
      text += "\n" + std::string{title_of(command.group)} + "\n";
    std::string line = "  " + std::string{command.name};
    line.resize(std::max<std::size_t>(line.size() + 1, 22), ' ');
    text += line + std::string{command.summary} + "\n";
    previous = &command;
  }
  text +=
      "\nSet XAI_MANAGEMENT_KEY first; XAI_TEAM_ID and XAI_API_REGION are optional.\n"
      "`manage_xai COMMAND --help` explains a command and its options.\n";
  return text;
}

std::string help_of(const Command& command) {
  const Declared declared{&command};
  const auto& [options, globals, run, own_count] = declared;
  std::string text = "Usage: " + usage_of(command, options, own_count) + "\n\n";
  text += wrapped(std::string{command.summary} + ".", 0);
  if (!command.description.empty()) text += wrapped(command.description, 0);
  if (own_count > 0) text += "\nOptions\n" + option_lines(options, 0, own_count);
  text += "\nGlobal options\n" + option_lines(options, own_count, options.all().size());
  text += "\nExamples\n";
  for (const std::string_view example : command.examples)
    text += "  " + std::string{program} + " " + std::string{example} + "\n";
  return text;
}

std::unexpected<management::Error> unknown_command(const std::string& name,
                                                   const std::string& following) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  std::string next = base::did_you_mean(name, names);
  // `keys list`, `list keys`: the same words in another grammar.
  for (const std::string& joined : {name + "-" + following, following + "-" + name}) {
    std::vector<std::string> close = base::closest(joined, names, 1);
    if (!following.empty() && !close.empty()) next = "did you mean " + close.front() + "?";
  }
  return usage_failure("there is no command " + in_quotes(name),
                       next.empty() ? "see `manage_xai help`" : std::move(next));
}

std::string manual_of(const Command& command) {
  return "# manage_xai " + std::string{command.name} + "\n\n```text\n" + help_of(command) + "```\n";
}

std::string manual_overview() {
  std::string text = "# Commands\n\n";
  const Command* previous = nullptr;
  for (const Command& command : commands()) {
    if (previous == nullptr || previous->group != command.group)
      text +=
          (previous == nullptr ? "## " : "\n## ") + std::string{title_of(command.group)} + "\n\n";
    const std::string name{command.name};
    text += "- [" + name + "](" + name + ".md): " + std::string{command.summary} + "\n";
    previous = &command;
  }
  return text + "\nEvery command ends with one of the [exit codes](exit-codes.md).\n";
}

}  // namespace xai::cli
