#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <vector>

#include "base/closest.h"
#include "base/try.h"
#include "base/unicode.h"
#include "cli/command.h"
#include "cli/render/text.h"

namespace xai::cli {
namespace {

management::Result<void> assign(const Option& option, const std::string& text,
                                const std::string& command) {
  if (!option.choices.empty() && std::ranges::find(option.choices, text) == option.choices.end()) {
    std::string known;
    for (const std::string& choice : option.choices) known += (known.empty() ? "" : ", ") + choice;
    const std::string closest = base::did_you_mean(text, option.choices);
    return usage_failure(option.name + " is one of " + known + ", not " + in_quotes(text),
                         closest.empty() ? see_help(command) : closest);
  }
  if (option.is_positive && text.find_first_not_of('0') == std::string::npos)
    return usage_failure(option.name + " must be a whole number above 0, not " + in_quotes(text),
                         "leave it out to get all");
  if (const auto problem = option.assign(text))
    return usage_failure(option.name + " " + *problem + ", not " + in_quotes(text),
                         see_help(command));
  return {};
}

/// What holds of given texts whatever they are for.
management::Result<void> check_texts(const Option& option, const std::vector<std::string>& texts,
                                     const std::string& command) {
  if (option.value.empty()) return {};
  for (const std::string& text : texts) {
    // A variable that is not set leaves an empty text behind: `--secret-file "$FILE"`.
    if (text.empty())
      return usage_failure(option.name + " is given without a value", see_help(command));
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
      return usage_failure(option.name + " is given nothing but blanks", see_help(command));
    if (!option.takes_bytes && !base::is_utf8(text))
      return usage_failure(option.name + " is not UTF-8: " + in_quotes(text),
                           "give it in UTF-8; the locale tells what the terminal sends");
    if (option.is_unique && text != texts.front())
      return usage_failure(option.name + " is given twice, with different values", "give it once");
  }
  return {};
}

management::Result<void> assign_all(const Option& option, const std::vector<std::string>& texts,
                                    const std::string& command) {
  const std::size_t first = option.is_repeatable || texts.empty() ? 0 : texts.size() - 1;
  for (std::size_t i = first; i < texts.size(); ++i) TRY(assign(option, texts[i], command));
  return {};
}

/// The option that the word was meant for, and how it is given; empty when there is no telling.
std::string meant_option(std::span<const std::string> words, const std::string& word,
                         const Options& options) {
  const auto place = std::ranges::find(words, word);
  const Option* before =
      place == words.begin() || place == words.end() ? nullptr : options.find(*std::prev(place));
  if (before != nullptr && !before->implied_value.empty())
    return "did you mean " + before->name + "=" + escaped(word) + "?";
  const Option* name = options.find("--name");
  if (name != nullptr && name->is_required) return "did you mean --name " + in_quotes(word) + "?";
  return {};
}

std::unexpected<management::Error> unknown_word(std::span<const std::string> words,
                                                const std::string& word, const Options& options,
                                                const std::string& command) {
  if (!word.starts_with('-') || word == "-" || options.find(word) != nullptr) {
    const std::string meant = meant_option(words, word, options);
    return usage_failure(in_quotes(word) + " is one argument too many",
                         meant.empty() ? see_help(command) : meant);
  }
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names;
  for (const Option& option : options.all())
    if (!option.is_argument) names.push_back(option.name);
  if (command.empty()) names.emplace_back("--version");
  std::string advice = base::did_you_mean(name, names);
  const bool has_arguments = std::ranges::any_of(options.all(), &Option::is_argument);
  if (advice.empty())
    advice = has_arguments ? "if it is no option, put -- before it" : see_help(command);
  return usage_failure(
      "unknown option " + in_quotes(name) + (command.empty() ? "" : " for " + command), advice);
}

/// Whether the word is an option whose value is the word behind it.
bool takes_next_word(const Option* option, const std::string& word) {
  return option != nullptr && !option->value.empty() && option->implied_value.empty() &&
         !word.contains('=');
}

/// An option of the command, or the mark behind which none stands: hardly the value of another
/// option, which has rather been forgotten, or is an empty variable of a shell.
bool is_option(const std::string& word, const Options& options) {
  return word == "--" ||
         (word.starts_with('-') && options.find(word.substr(0, word.find('='))) != nullptr);
}

/// The words as the parser wants them: the last one first, and each value in a word of its own,
/// since it would take the next word for the value that `--name=` leaves empty.
management::Result<std::vector<std::string>> reversed(std::span<const std::string> words,
                                                      const Options& options,
                                                      const std::string& command) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      result.insert(result.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
    const bool is_blank = word.starts_with("--") && word.find('=') == word.size() - 1;
    const Option* option = options.find(word.substr(0, word.find('=')));
    if (takes_next_word(option, word)) {
      const std::string next = i + 1 < words.size() ? words[i + 1] : "--";
      if (is_option(next, options)) {
        if (next == "--") return usage_failure(option->name + " needs a value", see_help(command));
        return usage_failure(
            option->name + " needs a value, but the option " + in_quotes(next) + " follows",
            "add the value, or write " + option->name + "=" + escaped(next) + " if that is it");
      }
      result.insert(result.end(), {word, next});
      ++i;
      continue;
    }
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
    // Of those that do not repeat we choose, since some must not come twice.
    made->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    bound.push_back(made);
  }
  return bound;
}

management::Result<void> parse(CLI::App& app, std::span<const std::string> words,
                               std::vector<std::string> parsed, const Options& options,
                               const std::string& command) {
  try {
    app.parse(std::move(parsed));
  } catch (const CLI::ParseError& error) {
    return usage_failure(escaped(error.what()), see_help(command));
  }
  auto extra = app.remaining();
  std::erase(extra, "--");
  if (!extra.empty()) return unknown_word(words, extra.front(), options, command);
  return {};
}

bool wants_help(const Options& options, const std::vector<CLI::Option*>& bound) {
  for (std::size_t i = 0; i < bound.size(); ++i)
    if (options.all()[i].name == "--help") return bound[i]->count() > 0;
  return false;
}

}  // namespace

std::size_t find_command_word(std::span<const std::string> words) {
  const Declared declared{nullptr};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with('-')) return i;
    if (takes_next_word(declared.options.find(word), word) && i + 1 < words.size() &&
        !is_option(words[i + 1], declared.options))
      ++i;
  }
  return words.size();
}

std::string see_help(const std::string& command) {
  return "see `manage_xai " + (command.empty() ? "" : command + " ") + "--help`";
}

management::Result<void> read_arguments(std::span<const std::string> words, const Options& options,
                                        const std::string& command) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::deque<std::vector<std::string>> values(options.all().size());
  const std::vector<CLI::Option*> bound = bind(app, options, values);
  auto given = TRY(reversed(words, options, command));
  TRY(parse(app, words, std::move(given), options, command));
  const bool may_lack = wants_help(options, bound);
  for (std::size_t i = 0; i < bound.size(); ++i)
    TRY(check_texts(options.all()[i], values[i], command));
  for (std::size_t i = 0; i < bound.size(); ++i) {
    const Option& option = options.all()[i];
    if (option.value.empty() && bound[i]->count() > 0) values[i] = {""};
    if (values[i].empty() && option.is_required && !may_lack)
      return usage_failure((command.empty() ? "" : command + " needs ") + option.name +
                               (option.is_argument ? "" : " " + option.value),
                           see_help(command));
    TRY(assign_all(option, values[i], command));
  }
  return {};
}

}  // namespace xai::cli
