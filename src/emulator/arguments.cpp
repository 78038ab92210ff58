#include "emulator/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/closest.h"
#include "base/time_text.h"
#include "base/try.h"
#include "emulator/identifiers.h"
#include "emulator/strict.h"

namespace xai::emulator {

namespace {

/// The options as they were typed.
struct Texts {
  std::string port{"0"};
  std::string now{};
  std::string management_key{};
  std::string propagation{"3s"};
  std::string list_lag{"0s"};
  std::string ledger_lag{"2d"};
  std::string date_offset{"0s"};
  std::string idle_limit{"60s"};
  std::string unknown_key_status{"400"};
  std::string error_style{"code"};
  std::string usage_series_max{"1000"};
  std::string rate_limit{};
  std::string random_seed{};
};

std::unexpected<std::string> wrong(std::string_view option, std::string_view wanted,
                                   std::string_view given) {
  std::string line{option};
  line.append(" must be ").append(wanted).append(", not ").append(given);
  return std::unexpected(std::move(line));
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::expected<void, std::string> interpret(const Texts& texts, Arguments& arguments) {
  const auto port = whole_number<std::uint16_t>(texts.port);
  if (!port) return wrong("--port", "a number from 0 to 65535", texts.port);
  arguments.server.port = *port;
  const auto span = base::parse_span(texts.propagation);
  if (!span) return wrong("--propagation", "a span such as 3s or 1m", texts.propagation);
  Options& options = arguments.emulator;
  options.propagation = *span;
  const auto lag = base::parse_span(texts.list_lag);
  if (!lag) return wrong("--list-lag", "a span such as 3s or 1m", texts.list_lag);
  options.list_lag = *lag;
  const auto ledger_lag = base::parse_span(texts.ledger_lag);
  if (!ledger_lag) return wrong("--ledger-lag", "a span such as 2d or 12h", texts.ledger_lag);
  options.ledger_lag = *ledger_lag;
  const auto idle_limit = base::parse_span(texts.idle_limit);
  if (!idle_limit || idle_limit->count() == 0)
    return wrong("--idle-limit", "a span such as 60s", texts.idle_limit);
  arguments.server.idle_limit = *idle_limit;
  const auto key_status = whole_number<int>(texts.unknown_key_status);
  if (key_status != 400 && key_status != 401)
    return wrong("--unknown-key-status", "400 or 401", texts.unknown_key_status);
  options.unknown_key_status = *key_status;
  const auto offset = parse_offset(texts.date_offset);
  if (!offset) return wrong("--date-offset", "a span such as 90s or -90s", texts.date_offset);
  options.date_offset = *offset;
  const auto style = parse_error_style(texts.error_style);
  if (!style) return wrong("--error-style", error_style_names, texts.error_style);
  options.error_style = *style;
  options.management_key = management::Secret{texts.management_key};
  if (!texts.management_key.empty() && !is_sendable(texts.management_key))
    return std::unexpected("--management-key must be visible ASCII letters without spaces");
  if (!texts.now.empty()) {
    options.now = base::parse_rfc3339(texts.now);
    if (!options.now) options.now = base::parse_date(texts.now);
    if (!options.now) return wrong("--now", "a time such as 2027-01-31T00:00:00Z", texts.now);
  }
  if (!texts.random_seed.empty()) {
    options.random_seed = whole_number<std::uint64_t>(texts.random_seed);
    if (!options.random_seed) return wrong("--random-seed", "a whole number", texts.random_seed);
  }
  const auto series = whole_number<std::uint32_t>(texts.usage_series_max);
  if (!series || *series == 0)
    return wrong("--usage-series-max", "a number from 1 on", texts.usage_series_max);
  options.usage_series_max = *series;
  if (!texts.rate_limit.empty()) {
    options.rate_limit = parse_rate_limit(texts.rate_limit);
    if (!options.rate_limit)
      return wrong("--rate-limit", "calls and a span, as 20/1m", texts.rate_limit);
  }
  if (!options.team_id.empty() && !is_uuid(options.team_id))
    return wrong("--team-id", "a UUID", options.team_id);
  if (arguments.server.tls_cert.empty() != arguments.server.tls_key.empty())
    return std::unexpected("--tls-cert and --tls-key go together");
  return {};
}

constexpr std::string_view no_command = "run needs a command, after --";

/// An option, and where what is typed after it goes.
struct TextOption {
  std::string_view name;
  std::string* text;
};
/// An option that takes no value.
struct Flag {
  std::string_view name;
  bool* is_set;
};

/// About the first argument that is no option.
std::string unknown_argument(const std::string& argument, std::span<const TextOption> options,
                             std::span<const Flag> flags) {
  std::string line = argument.substr(0, argument.find('='));
  if (!argument.starts_with('-')) return "unexpected argument " + line;
  std::vector<std::string> names;
  for (const TextOption& option : options) names.emplace_back(option.name);
  for (const Flag& flag : flags) names.emplace_back(flag.name);
  const auto near = base::closest(line, names, 1);
  line.insert(0, "unknown option ");
  if (!near.empty()) line += "; did you mean " + near.front() + "?";
  return line;
}

/// Whether a word that stands where a value should is the next option: that value was left out, or
/// came from a variable that is not set. A value like that can still be given behind `=`.
bool is_like_option(std::string_view word) {
  return word == "-h" || word == "--" ||
         (word.size() > 2 && word.starts_with("--") && (word[2] < '0' || word[2] > '9'));
}

std::expected<void, std::string> read(const std::vector<std::string>& words,
                                      std::span<const TextOption> options,
                                      std::span<const Flag> flags, bool needs_command) {
  std::vector<std::string_view> given;
  for (auto word = words.begin(); word != words.end(); ++word) {
    const std::size_t equals = word->find('=');
    const std::string name = word->substr(0, equals);
    const bool has_value = equals != std::string::npos;
    if (const auto flag = std::ranges::find(flags, name, &Flag::name); flag != flags.end()) {
      if (has_value) return std::unexpected(name + " takes no value");
      *flag->is_set = true;
      continue;
    }
    const auto option = std::ranges::find(options, name, &TextOption::name);
    if (option == options.end() && needs_command && !word->starts_with('-'))
      return std::unexpected(std::string{no_command});
    if (option == options.end()) return std::unexpected(unknown_argument(*word, options, flags));
    if (std::ranges::find(given, option->name) != given.end())
      return std::unexpected(name + " is given twice; give it once");
    given.push_back(option->name);
    if (has_value) {
      *option->text = word->substr(equals + 1);
    } else {
      const auto value = std::next(word);
      if (value == words.end()) return std::unexpected(name + " needs a value");
      if (is_like_option(*value))
        return std::unexpected(name + " needs a value, and " + value->substr(0, value->find('=')) +
                               " is no value but an option");
      *option->text = *value;
      word = value;
    }
    if (option->text->empty()) return std::unexpected(name + " must not be empty");
  }
  return {};
}

}  // namespace

std::expected<Arguments, std::string> parse_arguments(int argc, const char* const* argv) {
  Arguments arguments;
  const bool is_run = argc > 1 && std::string_view{argv[1]} == "run";
  std::vector<std::string> words(argv + (is_run ? 2 : std::min(argc, 1)), argv + argc);
  const auto separator = is_run ? std::ranges::find(words, "--") : words.end();
  if (separator != words.end()) arguments.command.assign(std::next(separator), words.end());
  words.erase(separator, words.end());
  Texts texts;
  bool no_acl_checks = false;
  Options& emulator = arguments.emulator;
  const std::array options{TextOption{"--port", &texts.port},
                           TextOption{"--db", &emulator.db_file},
                           TextOption{"--seed", &arguments.seed_file},
                           TextOption{"--management-key", &texts.management_key},
                           TextOption{"--team-id", &emulator.team_id},
                           TextOption{"--now", &texts.now},
                           TextOption{"--propagation", &texts.propagation},
                           TextOption{"--list-lag", &texts.list_lag},
                           TextOption{"--ledger-lag", &texts.ledger_lag},
                           TextOption{"--date-offset", &texts.date_offset},
                           TextOption{"--idle-limit", &texts.idle_limit},
                           TextOption{"--unknown-key-status", &texts.unknown_key_status},
                           TextOption{"--error-style", &texts.error_style},
                           TextOption{"--usage-series-max", &texts.usage_series_max},
                           TextOption{"--rate-limit", &texts.rate_limit},
                           TextOption{"--random-seed", &texts.random_seed},
                           TextOption{"--tls-cert", &arguments.server.tls_cert},
                           TextOption{"--tls-key", &arguments.server.tls_key}};
  const std::array flags{Flag{"--key-tails", &emulator.key_tails},
                         Flag{"--nulls", &emulator.nulls},
                         Flag{"--no-acl-checks", &no_acl_checks},
                         Flag{"--help", &arguments.help},
                         Flag{"-h", &arguments.help},
                         Flag{"--version", &arguments.version}};
  const bool needs_command = is_run && arguments.command.empty();
  TRY(read(words, options, flags, needs_command));
  if (arguments.help || arguments.version) return arguments;
  if (needs_command) return std::unexpected(std::string{no_command});
  emulator.check_acls = !no_acl_checks;
  TRY(interpret(texts, arguments));
  return arguments;
}

}  // namespace xai::emulator
