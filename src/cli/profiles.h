#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/settings.h"
#include "xai/management/result.h"

namespace xai::cli {

/// Settings that have a name, `[profiles.NAME]` of config.toml; what is not there is empty.
struct Profile {
  std::string name{};
  std::string team_id{};
  std::string management_key_file{};       ///< Taken from the folder of config.toml.
  std::vector<std::string> key_command{};  ///< Its words; it is run without a shell.
  bool keyring{};                          ///< The desktop's keyring has the key.
  std::string region{};
  std::string base_url{};
  std::string ca_file{};  ///< Taken from the folder of config.toml.
  std::string timeout{};
  std::string output{};
  bool read_only{};
  std::vector<std::string> protected_keys{};  ///< Names of keys, or patterns of them.
  std::string max_top_up{};                   ///< In USD. Kept for top-ups, which come later.

  /// The settings that say where its key is; one at most.
  [[nodiscard]] std::vector<std::string> key_sources() const;
  [[nodiscard]] bool has_key() const { return !key_sources().empty(); }
  bool operator==(const Profile&) const = default;
};

/// A setting of a profile: its name in the file, and where its value goes.
struct ProfileMember {
  std::string_view name;
  std::variant<std::string Profile::*, bool Profile::*, std::vector<std::string> Profile::*> place;
};
inline constexpr std::array<ProfileMember, 12> profile_members{{
    {"team_id", &Profile::team_id},
    {"management_key_file", &Profile::management_key_file},
    {"key_command", &Profile::key_command},
    {"keyring", &Profile::keyring},
    {"region", &Profile::region},
    {"base_url", &Profile::base_url},
    {"ca_file", &Profile::ca_file},
    {"timeout", &Profile::timeout},
    {"output", &Profile::output},
    {"read_only", &Profile::read_only},
    {"protected", &Profile::protected_keys},
    {"max_top_up", &Profile::max_top_up},
}};

/// An amount in USD, not below zero.
bool is_top_up_limit(std::string_view text);

const ProfileMember* find_profile_member(std::string_view name);
std::vector<std::string> profile_member_names();

/// What config.toml says.
struct Configuration {
  std::string path{};
  std::string default_profile{};  ///< Used where none is named.
  std::vector<Profile> profiles{};

  [[nodiscard]] const Profile* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
  /// The name of the profile that is used, and who gave it: `named` by an option, else XAI_PROFILE,
  /// else the file. Empty where nobody names one; there need be no such profile.
  [[nodiscard]] client::Setting profile_in_use(const std::string& named,
                                               const client::Environment& environment) const;
};

/// Where config.toml is: below XDG_CONFIG_HOME, else HOME. None when neither is an absolute path.
std::optional<std::string> configuration_path(const client::Environment& environment);

/// Errors: local_trouble, with line and column, for what is no TOML, or a member that there is not
/// or whose value is of another kind.
management::Result<Configuration> parse_configuration(std::string_view text,
                                                      const std::string& path);

/// The file's text; empty where it is not there. Errors: local_trouble for one that cannot be read,
/// or that others may write to, for it names commands to run.
management::Result<std::string> read_configuration_text(const std::string& path);

/// What config.toml says; nothing where it is not there, or has no place. Errors: as both of these.
management::Result<Configuration> read_configuration(const client::Environment& environment);

/// The profile that is used; none where nobody names one.
/// Errors: those of reading; invalid_argument for a name that there is not.
management::Result<std::optional<Profile>> choose_profile(const std::string& named,
                                                          const client::Environment& environment);

}  // namespace xai::cli
