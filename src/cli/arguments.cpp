#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <vector>

#include "base/closest.h"
#include "base/try.h"
#include "cli/render/text.h"

namespace xai::cli {
namespace {

std::string see_help(const std::string& command) {
  return "see `manage_xai " + (command.empty() ? "" : command + " ") + "--help`";
}

management::Result<void> assign(const Option& option, const std::string& text,
                                const std::string& command) {
  if (!option.choices.empty() && std::ranges::find(option.choices, text) == option.choices.end()) {
    std::string known;
    for (const std::string& choice : option.choices) known += (known.empty() ? "" : ", ") + choice;
    const std::string closest = base::did_you_mean(text, option.choices);
    return usage_failure(option.name + " is one of " + known + ", not " + in_quotes(text),
                         closest.empty() ? see_help(command) : closest);
  }
  if (const auto problem = option.assign(text))
    return usage_failure(option.name + " " + *problem + ", not " + in_quotes(text),
                         see_help(command));
  return {};
}

std::unexpected<management::Error> unknown_word(const std::string& word, const Options& options,
                                                const std::string& command) {
  if (!word.starts_with('-') || word == "-" || options.find(word) != nullptr)
    return usage_failure(in_quotes(word) + " is one argument too many", see_help(command));
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names;
  for (const Option& option : options.all())
    if (!option.is_argument) names.push_back(option.name);
  if (command.empty()) names.emplace_back("--version");
  const std::string closest = base::did_you_mean(name, names);
  return usage_failure(
      "unknown option " + in_quotes(name) + (command.empty() ? "" : " for " + command),
      closest.empty() ? see_help(command) : closest);
}

/// The words as the parser wants them: the last one first, and each value in a word of its own,
/// since it would take the next word for the value that `--name=` leaves empty.
management::Result<std::vector<std::string>> reversed(std::span<const std::string> words,
                                                      const Options& options,
                                                      const std::string& command) {
  std::vector<std::string> result;
  for (const std::string& word : words) {
    const bool is_blank = word.starts_with("--") && word.find('=') == word.size() - 1;
    const Option* option = options.find(word.substr(0, word.find('=')));
    if (option != nullptr && !option->implied_value.empty() && !word.contains('=')) {
      result.insert(result.end(), {word, option->implied_value});
      continue;
    }
    if (option != nullptr && option->value.empty() && word.contains('='))
      return usage_failure(option->name + " takes no value", see_help(command));
    result.push_back(is_blank ? word.substr(0, word.size() - 1) : word);
    if (is_blank) result.emplace_back();
  }
  std::ranges::reverse(result);
  return result;
}

/// The parser with one entry per option; what it reads goes into `values`.
std::vector<CLI::Option*> bind(CLI::App& app, const Options& options,
                               std::deque<std::vector<std::string>>& values) {
  std::vector<CLI::Option*> bound;
  for (std::size_t i = 0; i < options.all().size(); ++i) {
    const Option& option = options.all()[i];
    std::string name = option.is_argument ? "argument" + std::to_string(i) : option.name;
    if (!option.short_name.empty()) name += "," + option.short_name;
    if (option.value.empty()) {
      bound.push_back(app.add_flag(name));
      continue;
    }
    CLI::Option* made = app.add_option(name, values[i]);
    if (option.is_argument && option.is_repeatable)
      made->expected(1, -1);
    else
      made->expected(1)->allow_extra_args(false);
    made->multi_option_policy(option.is_repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                   : CLI::MultiOptionPolicy::TakeLast);
    bound.push_back(made);
  }
  return bound;
}

management::Result<void> parse(CLI::App& app, std::vector<std::string> words,
                               const Options& options, const std::string& command) {
  // With the value missing, the option that lacks it is the last word.
  const std::string last = words.empty() ? std::string{} : words.front();
  try {
    app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch&) {
    return usage_failure((last.starts_with('-') ? last : "an option") + " wants a value",
                         see_help(command));
  } catch (const CLI::ParseError& error) {
    return usage_failure(escaped(error.what()), see_help(command));
  }
  auto extra = app.remaining();
  std::erase(extra, "--");
  if (!extra.empty()) return unknown_word(extra.front(), options, command);
  return {};
}

bool wants_help(const Options& options, const std::vector<CLI::Option*>& bound) {
  for (std::size_t i = 0; i < bound.size(); ++i)
    if (options.all()[i].name == "--help") return bound[i]->count() > 0;
  return false;
}

}  // namespace

management::Result<void> read_arguments(std::span<const std::string> words, const Options& options,
                                        const std::string& command) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::deque<std::vector<std::string>> values(options.all().size());
  const std::vector<CLI::Option*> bound = bind(app, options, values);
  auto given = TRY(reversed(words, options, command));
  TRY(parse(app, std::move(given), options, command));
  const bool may_lack = wants_help(options, bound);
  for (std::size_t i = 0; i < bound.size(); ++i) {
    const Option& option = options.all()[i];
    if (option.value.empty() && bound[i]->count() > 0) values[i] = {""};
    if (values[i].empty() && option.is_required && !may_lack)
      return usage_failure((command.empty() ? "" : command + " wants ") + option.name +
                               (option.is_argument ? "" : " " + option.value),
                           see_help(command));
    for (const std::string& text : values[i]) TRY(assign(option, text, command));
  }
  return {};
}

}  // namespace xai::cli
