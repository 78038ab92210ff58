#include "cli/settings.h"

#include <algorithm>
#include <initializer_list>

#include "base/time_text.h"
#include "base/try.h"
#include "cli/key_command.h"
#include "cli/key_file.h"
#include "cli/keyring.h"
#include "cli/render/text.h"

namespace xai::cli {

namespace {

management::Result<void> take_given_key(client::Settings& settings, GlobalOptions& given,
                                        const ReadLine& read_line, Messages& messages) {
  if (!given.management_key.empty()) {
    messages.warn(
        "--management-key can be seen by others on this machine; use XAI_MANAGEMENT_KEY or "
        "--management-key-file");
    settings.management_key = client::pasted_key(std::move(given.management_key));
    settings.management_key_source = "--management-key";
  } else if (!given.management_key_file.empty()) {
    settings.management_key = TRY(read_key_file("the management key", "--management-key-file",
                                                given.management_key_file, read_line, messages));
    settings.management_key_source = "--management-key-file";
  }
  return {};
}

management::Result<std::chrono::milliseconds> parse_timeout(const client::Setting& setting) {
  const auto& [text, source] = setting;
  if (text.empty()) return std::chrono::milliseconds{};
  const bool is_bare = text.find_first_not_of("0123456789") == std::string::npos;
  const auto span = base::parse_span(is_bare ? text + "s" : text);
  if (!span || span->count() == 0)
    return usage_failure(source + " must be a span such as 30s or 2m, not " + in_quotes(text));
  return std::chrono::milliseconds{*span};
}

/// A profile, beside the environment that it fills up or outranks.
struct FromProfile {
  const Profile& profile;
  bool is_explicit;
  const client::Environment& environment;

  [[nodiscard]] std::string source() const { return "profile " + in_quotes(profile.name); }

  [[nodiscard]] bool is_set(std::initializer_list<const char*> names) const {
    return std::ranges::any_of(
        names, [&](const char* name) { return !environment(name).value_or("").empty(); });
  }

  void complete(client::Setting& setting, const std::string& value,
                std::initializer_list<const char*> names) const {
    if (setting.value.empty() && !value.empty() && (is_explicit || !is_set(names)))
      setting = {value, source()};
  }

  /// Gets the key that is kept by nobody but a command or the keyring.
  [[nodiscard]] auto fetch_key() const -> decltype(Settings::fetch_key) {
    if (profile.keyring)
      return [name = profile.name](const IsCancelled& is_cancelled) {
        return key_of_keyring(name, is_cancelled);
      };
    return [what = "the key_command of the " + source(),
            words = profile.key_command](const IsCancelled& is_cancelled) {
      return key_of_command(what, words, is_cancelled);
    };
  }

  /// The environment without what does not go with a key that an option asked for by its profile:
  /// other keys, and the team that belongs to them.
  [[nodiscard]] client::Environment variables() const {
    return [all = environment](const std::string& name) -> std::optional<std::string> {
      const bool is_hidden =
          name == "XAI_MANAGEMENT_KEY" || name == "XAI_MANAGEMENT_API_KEY" || name == "XAI_TEAM_ID";
      return is_hidden ? std::nullopt : all(name);
    };
  }
};

}  // namespace

void declare_global_options(Options& options, GlobalOptions& values,
                            std::vector<std::string> formats) {
  options
      .option("--management-key", values.management_key, "KEY",
              "Management key; prefer XAI_MANAGEMENT_KEY or a file")
      .of_this_machine();
  options
      .option("--management-key-file", values.management_key_file, "FILE",
              "File whose first line is the management key; - is stdin")
      .of_this_machine();
  options.option("--team-id", values.team_id, "ID",
                 "Team (XAI_TEAM_ID; else the management key's own)");
  options.option("--region", values.region, "REGION",
                 "Inference cluster the command is about (XAI_API_REGION)");
  options.option("--base-url", values.base_url, "URL", "Management API (XAI_MANAGEMENT_BASE_URL)");
  options.option("--profile", values.profile, "NAME", "Settings of config.toml (XAI_PROFILE)");
  options.option("--output", values.output, "FORMAT", "How to print the result")
      .one_of(std::move(formats))
      .with_default("text");
  options
      .option("--ca-file", values.ca_file, "FILE", "Certificates to trust instead of the system's")
      .of_this_machine();
  options.option("--timeout", values.timeout, "SPAN", "Longest wait for each call, such as 30s");
  options.flag("--quiet", values.quiet, "On standard error, print only warnings and errors")
      .short_as("-q");
  options.flag("--verbose", values.verbose, "Show each request on standard error").short_as("-v");
  options
      .option("--trace-file", values.trace_file, "FILE",
              "Write requests and answers there, secrets struck out")
      .of_this_machine();
  options.flag("--no-color", values.no_color, "No colour (NO_COLOR)");
  options.flag("--help", values.help, "Show this help").short_as("-h");
}

management::Result<Settings> resolve_settings(GlobalOptions& given,
                                              const std::optional<Profile>& profile,
                                              const client::Environment& environment,
                                              const ReadLine& read_line, Messages& messages) {
  client::Settings known{.team_id = {given.team_id, "--team-id"},
                         .region = {given.region, "--region"},
                         .base_url = {given.base_url, "--base-url"}};
  TRY(take_given_key(known, given, read_line, messages));
  // Once only: a variable that holds a key is overwritten when it is read.
  const bool has_own_key = profile && !given.profile.empty() && profile->has_key();
  if (!has_own_key) client::read_key(known, environment);
  Settings settings;
  settings.ca_file = {given.ca_file, given.ca_file.empty() ? "default" : "--ca-file"};
  client::Setting timeout{given.timeout, "--timeout"};
  std::string awaited_from;
  client::Environment variables = environment;
  if (profile) {
    const FromProfile from{
        .profile = *profile, .is_explicit = !given.profile.empty(), .environment = environment};
    settings.profile = {profile->name,
                        from.is_explicit ? "--profile" : "XAI_PROFILE or config.toml"};
    from.complete(known.team_id, profile->team_id, {"XAI_TEAM_ID"});
    from.complete(known.region, profile->region, {"XAI_API_REGION"});
    from.complete(known.base_url, profile->base_url, {"XAI_MANAGEMENT_BASE_URL"});
    from.complete(settings.ca_file, profile->ca_file, {"SSL_CERT_FILE", "SSL_CERT_DIR"});
    settings.is_read_only = profile->read_only;
    settings.protected_keys = profile->protected_keys;
    if (given.timeout.empty()) timeout = {profile->timeout, "timeout of the " + from.source()};
    settings.output = profile->output;
    if (known.management_key_source.empty() && profile->has_key()) {
      if (has_own_key) variables = from.variables();
      if (profile->management_key_file.empty()) {
        settings.fetch_key = from.fetch_key();
        awaited_from = from.source();
      } else {
        known.management_key_source = from.source();
        known.management_key =
            TRY(read_key_file("the management key", "management_key_file of the " + from.source(),
                              profile->management_key_file, read_line, messages));
      }
    }
  }
  static_cast<client::Settings&>(settings) =
      TRY(client::resolve_settings(std::move(known), variables));
  if (settings.fetch_key) settings.management_key_source = awaited_from;
  if (settings.do_keys_differ)
    messages.warn("XAI_MANAGEMENT_KEY and XAI_MANAGEMENT_API_KEY differ; the first one is used");
  settings.timeout = TRY(parse_timeout(timeout));
  if (!given.output.empty()) settings.output = given.output;
  return settings;
}

}  // namespace xai::cli
