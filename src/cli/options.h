#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/result.h"

namespace xai::cli {

class Session;

/// One option or argument of a command: what help says of it, and where its value goes.
struct Option {
  std::string name;        ///< `--name`; or `KEY` for an argument.
  std::string short_name;  ///< `-v`, or empty.
  std::string value;       ///< What stands for the value in help; empty for a flag.
  std::string help;
  std::string shown_default;
  std::string implied_value;  ///< Taken when the option stands alone; then `=` gives a value.
  std::vector<std::string> choices;
  bool is_required{};
  bool is_repeatable{};
  bool is_argument{};
  bool is_unique{};    ///< Given twice with different values, it is refused; else the last counts.
  bool is_positive{};  ///< A number of which none would be no sense.
  bool takes_bytes{};  ///< For this machine alone, as the path of a file, so it may be no UTF-8.
  /// Takes one value; answers what is wrong with it, or nothing.
  std::function<std::optional<std::string>(const std::string&)> assign;

  Option& required() {
    is_required = true;
    return *this;
  }
  /// One key, sink or amount: which of two is meant must not be guessed.
  Option& unique() {
    is_unique = true;
    return *this;
  }
  Option& positive() {
    is_positive = true;
    return *this;
  }
  /// The path of a file, or words of a shell.
  Option& of_this_machine() {
    takes_bytes = true;
    return unique();
  }
  Option& with_default(std::string text) {
    shown_default = std::move(text);
    return *this;
  }
  Option& value_is_optional(std::string implied) {
    implied_value = std::move(implied);
    return *this;
  }
  Option& one_of(std::vector<std::string> values) {
    choices = std::move(values);
    return *this;
  }
  Option& short_as(std::string text) {
    short_name = std::move(text);
    return *this;
  }
};

// How the text of a value is read; each answers what is wrong with it, or nothing.
std::optional<std::string> assign_text(std::string& target, const std::string& text);
std::optional<std::string> assign_text(std::optional<std::int32_t>& target,
                                       const std::string& text);
std::optional<std::string> assign_text(std::optional<std::int64_t>& target,
                                       const std::string& text);
std::optional<std::string> assign_text(std::vector<std::string>& target, const std::string& text);

/// A value that may be given, be `none`, or not be given at all.
template <class Number>
struct Settable {
  bool is_given{};
  std::optional<Number> value{};
};
template <class Number>
std::optional<std::string> assign_text(Settable<Number>& target, const std::string& text) {
  target.is_given = true;
  return assign_text(target.value, text);
}

/// What must hold of the values once all are read; it sends nothing.
using Rule = std::function<management::Result<void>(Session&)>;

/// The options of one command. Values are bound to variables that outlive it.
class Options {
 public:
  template <class Target>
  Option& option(std::string name, Target& target, std::string value, std::string help) {
    return add(std::move(name), target, std::move(value), std::move(help), false);
  }
  template <class Target>
  Option& argument(std::string name, Target& target, std::string help) {
    std::string value = name;
    return add(std::move(name), target, std::move(value), std::move(help), true).required();
  }
  Option& flag(std::string name, bool& target, std::string help);

  [[nodiscard]] const std::deque<Option>& all() const { return options_; }
  [[nodiscard]] const Option* find(std::string_view name) const;

  /// For options that several commands share: checked before the command begins, and with it
  /// before its first request.
  void add_rule(Rule rule) { rules_.push_back(std::move(rule)); }
  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }

 private:
  template <class Target>
  Option& add(std::string name, Target& target, std::string value, std::string help,
              bool is_argument) {
    Option option;
    option.name = std::move(name);
    option.value = std::move(value);
    option.help = std::move(help);
    option.is_argument = is_argument;
    option.is_repeatable = std::is_same_v<Target, std::vector<std::string>>;
    option.assign = [&target](const std::string& text) { return assign_text(target, text); };
    return options_.emplace_back(std::move(option));
  }

  std::deque<Option> options_{};
  std::vector<Rule> rules_{};
};

}  // namespace xai::cli
