#include "client/settings.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

#include "base/not_sent.h"
#include "base/printable.h"
#include "base/try.h"
#include "base/unicode.h"
#include "http/endpoint.h"

namespace xai::client {

using management::ClientOptions;
using management::Error;
using management::ErrorKind;
using management::Result;
using management::Secret;

namespace {

Setting pick(Setting given, const Environment& environment, const std::string& variable,
             std::string fallback) {
  if (!given.value.empty()) return given;
  if (auto value = environment(variable); value && !value->empty())
    return {std::move(*value), variable};
  return {std::move(fallback), "default"};
}

/// Whether the key stands alone, as a line of a shell or of an env file does not.
Result<void> check_shape(const Secret& key, const std::string& what) {
  const std::string_view text = key.reveal();
  constexpr std::string_view quotes = "\"'`";
  if (!text.empty() && (quotes.contains(text.front()) || quotes.contains(text.back())))
    return base::invalid_argument(what + " stands in quotes", "leave the quotes out");
  std::string_view name = text.substr(0, text.find('='));
  if (name.starts_with("export ")) name.remove_prefix(7);
  const bool is_name = name.size() < text.size() && !name.empty() &&
                       std::ranges::all_of(
                           name,
                           [](char letter) {
                             return (letter >= 'A' && letter <= 'Z') ||
                                    (letter >= '0' && letter <= '9') || letter == '_';
                           });
  if (is_name)
    return base::invalid_argument(what + " begins with " + std::string{name} + "=",
                                  "give the key alone, without the name of a variable");
  return {};
}

Result<void> check_texts(const Settings& settings) {
  const auto& [team, team_source] = settings.team_id;
  for (const Setting* setting :
       {&settings.team_id, &settings.region, &settings.base_url, &settings.inference_base_url})
    if (!base::is_utf8(setting->value))
      return base::invalid_argument(setting->source +
                                    " is not UTF-8: " + base::in_quotes(setting->value));
  const auto is_blank = [](unsigned char letter) { return letter <= ' ' || letter == 0x7f; };
  if (team == "." || team == ".." || team.contains('/') || std::ranges::any_of(team, is_blank))
    return base::invalid_argument(
        "the team id " + base::in_quotes(team) + " from " + team_source + " is not valid",
        "copy the team id from the xAI console");
  return {};
}

/// Our folder below the one that `variable` names, else at its usual place at home.
std::optional<std::string> own_folder(const Environment& environment, const char* variable,
                                      const char* place_at_home) {
  const auto below = [&](const char* name, const char* rest) -> std::optional<std::string> {
    const std::string path = environment(name).value_or("");
    if (!path.starts_with('/')) return std::nullopt;
    return path + rest + "/xai-management";
  };
  if (auto folder = below(variable, "")) return folder;
  return below("HOME", place_at_home);
}

}  // namespace

std::optional<std::string> environment_variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

ClientOptions Settings::options() const {
  return {.management_key = management_key,
          .team_id = team_id.value,
          .region = region.value,
          .base_url = base_url.value,
          .inference_base_url = inference_base_url.value};
}

void read_key(Settings& settings, const Environment& environment) {
  if (!settings.management_key_source.empty()) return;
  constexpr const char* names[]{"XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY"};
  for (const char* const name : names) {
    Secret key = pasted_key(environment(name).value_or(""));
    if (key.empty()) continue;
    if (settings.management_key.empty()) {
      settings.management_key = std::move(key);
      settings.management_key_source = name;
    } else {
      settings.do_keys_differ = !(settings.management_key == key);
    }
  }
}

Result<Settings> resolve_settings(Settings given, const Environment& environment) {
  Settings settings = std::move(given);
  read_key(settings, environment);
  TRY(check_key(settings.management_key,
                "the management key from " + settings.management_key_source));
  if (!settings.management_key_source.empty() && settings.management_key.empty())
    return std::unexpected{
        base::not_sent(ErrorKind::unauthenticated,
                       "the management key from " + settings.management_key_source + " is empty",
                       "copy it again from the xAI console")};
  settings.team_id = pick(std::move(settings.team_id), environment, "XAI_TEAM_ID", "");
  settings.region = pick(std::move(settings.region), environment, "XAI_API_REGION", "auto");
  // The predecessor's name for automatic routing.
  if (settings.region.value == "api") settings.region.value = "auto";
  settings.base_url = pick(std::move(settings.base_url), environment, "XAI_MANAGEMENT_BASE_URL",
                           ClientOptions{}.base_url);
  settings.inference_base_url =
      pick(std::move(settings.inference_base_url), environment, "XAI_INFERENCE_BASE_URL", "");
  TRY(check_texts(settings));
  return settings;
}

Result<void> check_key(const Secret& key, const std::string& what) {
  TRY(check_shape(key, what));
  for (const char letter : key.reveal())
    if (letter <= ' ' || letter > '~')
      return base::invalid_argument(what + " holds characters that no key has",
                                    "copy it again from the xAI console");
  return {};
}

Result<void> check_region(std::string_view region) {
  const auto is_right = [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '-';
  };
  if (std::ranges::all_of(region, is_right)) return {};
  return base::invalid_argument("the region holds a character that no region has",
                                "check the region");
}

Result<void> check_reach(const Settings& settings) {
  const auto named = [](Error error, const Setting& setting) {
    error.message = setting.source + ": " + error.message;
    return std::unexpected{std::move(error)};
  };
  if (const auto region = check_region(settings.region.value); !region)
    return named(region.error(), settings.region);
  if (const auto reached = http::parse_endpoint(settings.base_url.value); !reached)
    return named(reached.error(), settings.base_url);
  return {};
}

Secret pasted_key(std::string text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  std::string result = end == std::string::npos ? "" : text.substr(0, end + 1);
  result.erase(0, std::min(result.find_first_not_of(" \t\r\n"), result.size()));
  management::wipe(text);
  return Secret{std::move(result)};
}

std::optional<std::string> state_folder(const Environment& environment) {
  return own_folder(environment, "XDG_STATE_HOME", "/.local/state");
}

std::optional<std::string> configuration_folder(const Environment& environment) {
  return own_folder(environment, "XDG_CONFIG_HOME", "/.config");
}

}  // namespace xai::client
