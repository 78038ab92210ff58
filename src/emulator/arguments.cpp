#include "emulator/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/closest.h"
#include "base/time_text.h"
#include "base/try.h"
#include "emulator/identifiers.h"
#include "emulator/strict.h"

namespace xai::emulator {

const std::string_view help_text =
    R"(Usage: xai_emulator [OPTIONS]
       xai_emulator run [OPTIONS] -- COMMAND [ARGUMENT]...

A local xAI Management API with real state, for trying, testing and CI. It
answers on 127.0.0.1 only, prints its address as one line on stdout, the
settings to paste on stderr, and runs until Ctrl-C.

`run` prints nothing and lives as long as COMMAND, whose environment has the
settings (XAI_MANAGEMENT_KEY, XAI_TEAM_ID, XAI_MANAGEMENT_BASE_URL and
XAI_INFERENCE_BASE_URL; no other XAI_*, no proxy, and XDG_CONFIG_HOME and
XDG_STATE_HOME in a folder that goes with it). Signals are passed on to it, and
its exit code is ours.

Options:
  --port N              Port to listen on; 0 lets the system pick one (default)
  --db FILE             Keep the state in this SQLite file (default: memory);
                        one with another version of the schema is refused
  --seed FILE           JSON with teams, managementKeys and apiKeys to begin
                        with, see below; read when the state is empty
  --management-key KEY  Management key to accept (default: made up and shown)
  --team-id UUID        Team of that key (default: made up and shown)
  --now TIME            Let the clock stand still at this time (RFC 3339 or a
                        date) until it is moved; otherwise it runs
  --propagation SPAN    Time until every cluster knows a new key (default: 3s)
  --list-lag SPAN       Let lists show the keys as they were that long ago
  --ledger-lag SPAN     Time from the end of a month until what it spent stands
                        in the prepaid ledger (default: 2d)
  --date-offset SPAN    How far the Date of answers is ahead: 90s or -90s
  --error-style STYLE   Form of errors: code (default) {code, message, details};
                        string {code, error}; message {message}; empty; text;
                        html, the page of a gateway
  --unknown-key-status N
                        What an inference host answers to a key that it does not
                        know: 400 (default) or 401
  --key-tails           Label keys in usage by name and tail: ci (xai-...3Xxp)
  --nulls               Write unset messages as null, not leave them out
  --no-acl-checks       Let every management key do everything
  --rate-limit N/SPAN   Calls that each management key may make within any such
                        span, as 20/1m; more get 429 (default: no limit)
  --usage-series-max N  Series in an answer about usage; those beyond it are
                        left out, and limitReached says so (default: 1000)
  --random-seed N       Make the same ids, secrets and usage in every run
  --idle-limit SPAN     End connections whose client is silent that long
                        (default: 60s)
  --tls-cert FILE       Speak TLS, with this certificate chain (PEM) ...
  --tls-key FILE        ... and this private key (PEM)
  --help                Print this and exit
  --version             Print the version and exit

Control, without a key, below ADDRESS/_emulator/:
  GET, POST, DELETE faults   what goes wrong with the calls to come
  GET ledger                 every change that happened; by operation, how many
                             requests came, were refused and committed since
                             the start
  GET secrets                each secret that is or was a key's, by its SHA-256:
                             until when it works; how often it was accepted and
                             refused by GET /v1/api-key since the start
  GET, POST clock            {"now":"TIME"} or {"advance":"24h"}
  POST state                 {"outOfCredit":true}, or by another sentence of the
                             service "new" or "subscription"; {"creditStatus":
                             403}, or 429 (0: as each host is known to answer);
                             {"teamBlocked":true}, {"listLag":"10s"},
                             {"ledgerLag":"2d"}, {"dateOffset":"-90s"},
                             {"errorStyle":"text"}, {"unknownKeyStatus":401},
                             {"keyTails":true}, {"nulls":true},
                             {"rateLimit":"20/1m"}, or "none"
  clusters/REGION/v1/...     one inference cluster

A fault: which calls it hits, by method, path (* is any text), nth and times
(0: all); when, "before" (default) or "after" the change was made; and
  status                     answered instead; an error has the body that the
                             service would give it
  code, errorStyle           another RPC code in that body; another form of it
  body, headers              answered instead, whatever the status
  delay                      "2s" or "250ms" until then
  page                       on lists: "duplicate" answers the page before the
                             one asked for, and goes on to that one; "loop"
                             names the page asked for as the next one
  cutAt                      bytes of the answer, headers included, after which
                             the connection ends; answerBytes in the list of
                             faults is how long the whole answer would be
  bytesPerSecond             the pace at which they go out
  reset                      the connection ends by a reset, not orderly; before
                             the first byte unless there is cutAt

Books: every key that may call a model uses it, more by day and on workdays;
what it used is made up of the seed, the key, the model and the day. Usage,
the invoice preview, invoices and the prepaid ledger are all read from that.
In a seed a team may have
  prepaid                    [{"amount":"-1000","createdAgo":"30d"}], with
                             changeOrigin and topupStatus; or "none": the
                             balance is not found
  spendingLimits             {"hardSlAuto":"22500","softSl":"20000"}, or "none"
                             for a team without postpaid billing
  paymentMethods, billingInfo as the API shows them
  invoices                   "none": there are none to see
  enforceCredit              true: calls are refused when credit is used up
  outOfCredit, creditStatus  as below POST state
  defaultCredits             cents that are included in every month
and an API key createdAgo, and deletedAgo or deleteTime. The first team of the
default seed has used three keys that are deleted by now.

Not imitated: inference itself, collections and changes to billing (top-up,
limits, methods, info), which are answered with 501 when the key is good; HTTP/2
and gRPC, compression, the service's own rate limits, which are not published,
users and their roles, the making of management keys, taxes, corrections, usage
filters on numbers, metrics other than sums of usd; usage goes on when a limit
is reached; a deleted key is gone everywhere at once. Unknown ACL texts are
accepted.
Different, or not known to be the same: the names of most rights, and that
rights are checked before credit; that lack of credit stops GET /v1/api-key, but
neither validation nor what needs BillingRead; most texts of refusals; enums are
taken by name, not by number; all teams are of one organization, and every key
of a team is listed; months are those of UTC; an unknown region is answered with
404; invoices of a month are there at its end.
Faults not imitated: connections that are refused or never accepted, failing
TLS handshakes, answers that are not HTTP, chunked or out of order, and the lag
of anything but lists.

Exit codes: 0 ended by a signal, 2 wrong option, 12 port, file or certificate
cannot be used; of `run`, COMMAND's, 128 and more when a signal ended it, 127
when there is no such command, 126 when it cannot be run.

Examples:
  xai_emulator --port 8080 --db keys.db
  xai_emulator --now 2027-01-31 --propagation 1m --random-seed 7
  xai_emulator run --random-seed 1 -- sh -c 'manage_xai list-keys'
)";

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
