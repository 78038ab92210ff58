#include "cli/completion.h"

#include <algorithm>
#include <utility>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/profiles.h"

namespace xai::cli {

namespace {

/// What was typed so far.
struct Typed {
  std::vector<std::string> options{};    ///< The names of those that were given.
  std::vector<std::string> arguments{};  ///< The words that are neither options nor their values.
  const Option* awaiting{};              ///< The last word is an option that wants a value.
};

/// Reads what it can; a mistake in a word before must not keep the next one from being completed.
Typed read_leniently(const std::vector<std::string>& words, const Options& options) {
  Typed typed;
  for (const std::string& word : words) {
    if (const Option* option = std::exchange(typed.awaiting, nullptr)) {
      (void)option->assign(word);
      continue;
    }
    if (!word.starts_with('-')) {
      typed.arguments.push_back(word);
      continue;
    }
    const std::size_t equals = std::min(word.find('='), word.size());
    const Option* option = options.find(word.substr(0, equals));
    if (option == nullptr) continue;
    typed.options.push_back(option->name);
    if (equals < word.size())
      (void)option->assign(word.substr(equals + 1));
    else if (!option->value.empty() && option->implied_value.empty())
      typed.awaiting = option;
  }
  return typed;
}

std::vector<Candidate> command_names() {
  std::vector<Candidate> names;
  for (const Command& command : commands())
    names.push_back({std::string{command.name}, std::string{command.summary}});
  return names;
}

std::vector<Candidate> option_names(const Options& options, const Typed& typed) {
  std::vector<Candidate> names;
  for (const Option& option : options.all()) {
    const bool is_given = std::ranges::find(typed.options, option.name) != typed.options.end();
    if (!option.is_argument && (!is_given || option.is_repeatable))
      names.push_back({option.name, option.help});
  }
  return names;
}

/// The argument that the next word is for; null when there is none.
const Option* next_argument(const Options& options, const Typed& typed) {
  std::size_t left = typed.arguments.size();
  for (const Option& option : options.all()) {
    if (!option.is_argument) continue;
    if (option.is_repeatable || left == 0) return &option;
    --left;
  }
  return nullptr;
}

/// What is completed, and all that was typed before it.
struct Place {
  const Options* options;
  GlobalOptions* globals;
  Typed typed{};
  const LookUp* look_up;

  /// By what stands for the value in help: `FILE`, `KEY`.
  [[nodiscard]] Completion values_of(const Option& option) const {
    if (option.value == "FILE") return {.kind = CompletionKind::files};
    std::vector<Candidate> values;
    for (const std::string& choice : option.choices) values.push_back({choice, {}});
    const bool is_key = option.is_argument && option.name == "KEY";
    const bool is_setting =
        option.is_argument && option.name == "WORD" && typed.arguments.size() == 1;
    if (is_key) values = (*look_up)(LiveNames::keys, *globals);
    if (option.is_argument && option.name == "COMMAND") values = command_names();
    if (option.is_argument && option.name == "RECORD")
      values = (*look_up)(LiveNames::records, *globals);
    if (option.name == "--profile") values = (*look_up)(LiveNames::profiles, *globals);
    if (is_setting)
      for (std::string& name : profile_member_names()) values.push_back({std::move(name), {}});
    std::erase_if(values, [&](const Candidate& candidate) {
      return option.is_argument &&
             std::ranges::find(typed.arguments, candidate.value) != typed.arguments.end();
    });
    return {.kind = is_key ? CompletionKind::names : CompletionKind::words,
            .candidates = std::move(values)};
  }

  [[nodiscard]] Completion words(const std::string& begun) const {
    if (typed.awaiting != nullptr) return values_of(*typed.awaiting);
    const Option* const argument = next_argument(*options, typed);
    if (begun.starts_with('-') || argument == nullptr)
      return {.candidates = option_names(*options, typed)};
    return values_of(*argument);
  }
};

}  // namespace

Completion complete(const std::vector<std::string>& words, std::string begun,
                    const LookUp& look_up) {
  std::vector<std::string> before = words;
  const std::size_t place = find_command_word(before);
  const Command* command = nullptr;
  if (place < before.size()) {
    command = find_command(before[place]);
    if (command == nullptr) return {};
    before.erase(before.begin() + static_cast<std::ptrdiff_t>(place));
  }
  Declared declared{command};
  Place at{.options = &declared.options,
           .globals = &declared.globals,
           .typed = read_leniently(before, declared.options),
           .look_up = &look_up};
  std::string head;
  const std::size_t equals = begun.find('=');
  if (at.typed.awaiting == nullptr && begun.starts_with("--") && equals != std::string::npos) {
    at.typed.awaiting = declared.options.find(begun.substr(0, equals));
    if (at.typed.awaiting == nullptr) return {};
    head = begun.substr(0, equals + 1);
    begun.erase(0, equals + 1);
  }
  const bool is_command =
      command == nullptr && at.typed.awaiting == nullptr && !begun.starts_with('-');
  Completion completion = is_command ? Completion{.candidates = command_names()} : at.words(begun);
  std::erase_if(completion.candidates,
                [&](const Candidate& candidate) { return !candidate.value.starts_with(begun); });
  for (Candidate& candidate : completion.candidates) candidate.value.insert(0, head);
  return completion;
}

}  // namespace xai::cli
