#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/options.h"
#include "xai/management/result.h"

namespace xai::client {

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Another program's variable for a management key. It is not read: which key a command uses
/// should not depend on what else is installed.
inline constexpr const char* foreign_key_variable = "GROK_DEPLOYMENT_KEY";

/// The environment of this process.
std::optional<std::string> environment_variable(const std::string& name);

/// A value and who gave it: `--team-id`, `XAI_TEAM_ID`, `default`.
struct Setting {
  std::string value{};
  std::string source{"default"};
};

struct Settings {
  management::Secret management_key{};
  std::string management_key_source{};  ///< Empty when there is no key.
  bool do_keys_differ{};  ///< Two variables hold a key each, and the second was passed over.
  Setting team_id{};
  Setting region{};
  Setting base_url{};
  Setting inference_base_url{};

  [[nodiscard]] management::ClientOptions options() const;
};

/// Takes the key from the environment, unless one was given; settings without one stay so.
void read_key(Settings& settings, const Environment& environment);

/// Completes what was given: a setting without a value comes from the environment, else it is the
/// default. There may be no key.
/// Errors: invalid_argument for a key with characters that no key has; unauthenticated for one that
/// was given and is empty.
management::Result<Settings> resolve_settings(Settings given, const Environment& environment);

/// Errors: invalid_argument for a text that no key can be: with quotes, a name before it, or
/// characters that no key has. `what` it is begins the message.
management::Result<void> check_key(const management::Secret& key, const std::string& what);

/// The region becomes part of a host name that an API key is sent to.
/// Errors: invalid_argument.
management::Result<void> check_region(std::string_view region);

/// Whether requests can be addressed: what each of them would find out. The message begins with
/// where the setting came from.
/// Errors: invalid_argument.
management::Result<void> check_reach(const Settings& settings);

/// A key as people paste it: spaces and line ends around it do not count.
management::Secret pasted_key(std::string text);

/// The user's own folder for what this machine has to remember: below XDG_STATE_HOME, else HOME.
/// None when neither is an absolute path: a relative one would mean another place with every change
/// of the folder.
std::optional<std::string> state_folder(const Environment& environment);
/// The same for settings: below XDG_CONFIG_HOME, else HOME.
std::optional<std::string> configuration_folder(const Environment& environment);

}  // namespace xai::client
