#include "emulator/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
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

/// About the first argument that no option took.
std::string unknown_argument(const CLI::App& app, const std::string& argument) {
  std::string line = argument.substr(0, argument.find('='));
  if (!argument.starts_with('-')) return "unexpected argument " + line;
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) names.push_back(option->get_name());
  const auto near = base::closest(line, names, 1);
  line.insert(0, "unknown option ");
  if (!near.empty()) line += "; did you mean " + near.front() + "?";
  return line;
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
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  bool no_acl_checks = false;
  app.add_option("--port", texts.port);
  app.add_option("--db", arguments.emulator.db_file);
  app.add_option("--seed", arguments.seed_file);
  app.add_option("--management-key", texts.management_key);
  app.add_option("--team-id", arguments.emulator.team_id);
  app.add_option("--now", texts.now);
  app.add_option("--propagation", texts.propagation);
  app.add_option("--list-lag", texts.list_lag);
  app.add_option("--ledger-lag", texts.ledger_lag);
  app.add_option("--date-offset", texts.date_offset);
  app.add_option("--idle-limit", texts.idle_limit);
  app.add_option("--unknown-key-status", texts.unknown_key_status);
  app.add_flag("--key-tails", arguments.emulator.key_tails);
  app.add_option("--error-style", texts.error_style);
  app.add_flag("--nulls", arguments.emulator.nulls);
  app.add_flag("--no-acl-checks", no_acl_checks);
  app.add_option("--usage-series-max", texts.usage_series_max);
  app.add_option("--rate-limit", texts.rate_limit);
  app.add_option("--random-seed", texts.random_seed);
  app.add_option("--tls-cert", arguments.server.tls_cert);
  app.add_option("--tls-key", arguments.server.tls_key);
  app.add_flag("--help,-h", arguments.help);
  app.add_flag("--version", arguments.version);
  try {
    // The parser wants the last one first.
    std::ranges::reverse(words);
    app.parse(std::move(words));
  } catch (const CLI::Error& error) {
    return std::unexpected(std::string{error.what()});
  }
  if (arguments.help || arguments.version) return arguments;
  const auto extras = app.remaining();
  const bool is_option = !extras.empty() && extras.front().starts_with('-');
  if (is_run && arguments.command.empty() && !is_option)
    return std::unexpected(std::string{"run needs a command, after --"});
  if (!extras.empty()) return std::unexpected(unknown_argument(app, extras.front()));
  arguments.emulator.check_acls = !no_acl_checks;
  TRY(interpret(texts, arguments));
  return arguments;
}

}  // namespace xai::emulator
