#include "client/settings.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/not_sent.h"
#include "base/try.h"

namespace xai::client {

using management::ClientOptions;
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

void read_key(Settings& settings, const Environment& environment) {
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

Result<Settings> resolve_settings(Settings given, const Environment& environment) {
  Settings settings = std::move(given);
  if (settings.management_key_source.empty()) read_key(settings, environment);
  for (const char letter : settings.management_key.reveal())
    if (letter <= ' ' || letter > '~')
      return base::invalid_argument("the management key from " + settings.management_key_source +
                                        " holds characters that no key has",
                                    "copy it again from the xAI console");
  if (!settings.management_key_source.empty() && settings.management_key.empty())
    return std::unexpected{
        base::not_sent(ErrorKind::unauthenticated,
                       "the management key from " + settings.management_key_source + " is empty")};
  settings.team_id = pick(std::move(settings.team_id), environment, "XAI_TEAM_ID", "");
  settings.region = pick(std::move(settings.region), environment, "XAI_API_REGION", "auto");
  // The predecessor's name for automatic routing.
  if (settings.region.value == "api") settings.region.value = "auto";
  settings.base_url = pick(std::move(settings.base_url), environment, "XAI_MANAGEMENT_BASE_URL",
                           ClientOptions{}.base_url);
  settings.inference_base_url =
      pick(std::move(settings.inference_base_url), environment, "XAI_INFERENCE_BASE_URL", "");
  return settings;
}

Secret pasted_key(std::string text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  std::string result = end == std::string::npos ? "" : text.substr(0, end + 1);
  result.erase(0, std::min(result.find_first_not_of(" \t\r\n"), result.size()));
  management::wipe(text);
  return Secret{std::move(result)};
}

std::optional<std::string> state_folder(const Environment& environment) {
  const auto below = [&](const char* name, const char* rest) -> std::optional<std::string> {
    const std::string path = environment(name).value_or("");
    if (!path.starts_with('/')) return std::nullopt;
    return path + rest + "/xai-management";
  };
  if (auto folder = below("XDG_STATE_HOME", "")) return folder;
  return below("HOME", "/.local/state");
}

}  // namespace xai::client
