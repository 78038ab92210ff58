#include "cli/profiles.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/closest.h"
#include "base/file.h"
#include "base/money.h"
#include "base/try.h"
#include "cli/exit_code.h"
#include "cli/render/text.h"
#include "cli/toml.h"

namespace xai::cli {

using management::Result;

namespace {

/// The place in the file, before what is wrong there.
std::unexpected<management::Error> wrong(const std::string& path, const toml::source_region& place,
                                         const std::string& words, const std::string& next = {}) {
  return local_failure(escaped(path) + ":" + std::to_string(place.begin.line) + ":" +
                           std::to_string(place.begin.column) + ": " + words,
                       next.empty() ? "edit it, or see `manage_xai config --help`" : next);
}

std::unexpected<management::Error> unknown(const std::string& path, const toml::key& key,
                                           const std::vector<std::string>& known) {
  return wrong(path, key.source(), "there is no setting " + in_quotes(key.str()),
               base::did_you_mean(key.str(), known));
}

Result<std::string> text_of(const toml::node& node, const std::string& path,
                            const std::string& name) {
  if (const auto* const text = node.as_string()) return text->get();
  return wrong(path, node.source(), name + " must be a string in quotes");
}

Result<std::vector<std::string>> list_of(const toml::node& node, const std::string& path,
                                         const std::string& name) {
  const auto* const array = node.as_array();
  if (array == nullptr)
    return wrong(path, node.source(), name + " must be a list of strings, [\"…\", \"…\"]");
  std::vector<std::string> list;
  for (const toml::node& item : *array) list.push_back(TRY(text_of(item, path, name)));
  return list;
}

Result<void> take(Profile& profile, const ProfileMember& member, const toml::node& node,
                  const std::string& path) {
  const std::string name{member.name};
  if (const auto* const text = std::get_if<std::string Profile::*>(&member.place)) {
    profile.*(*text) = TRY(text_of(node, path, name));
  } else if (const auto* const flag = std::get_if<bool Profile::*>(&member.place)) {
    const auto* const value = node.as_boolean();
    if (value == nullptr) return wrong(path, node.source(), name + " must be true or false");
    profile.*(*flag) = value->get();
  } else {
    profile.*std::get<std::vector<std::string> Profile::*>(member.place) =
        TRY(list_of(node, path, name));
  }
  return {};
}

Result<Profile> read_profile(const toml::key& name, const toml::node& node,
                             const std::string& path) {
  const auto* const table = node.as_table();
  if (table == nullptr)
    return wrong(path, node.source(),
                 "a profile is a table, [profiles." + escaped(name.str()) + "]");
  Profile profile{.name = std::string{name.str()}};
  for (const auto& [key, value] : *table) {
    const ProfileMember* const member = find_profile_member(key.str());
    if (member == nullptr) return unknown(path, key, profile_member_names());
    TRY(take(profile, *member, value, path));
  }
  if (!profile.max_top_up.empty() && !is_top_up_limit(profile.max_top_up))
    return wrong(path, table->get("max_top_up")->source(),
                 "max_top_up must be an amount in USD, such as \"100.00\"");
  if (const auto sources = profile.key_sources(); sources.size() > 1)
    return wrong(
        path, table->source(),
        "the profile " + in_quotes(profile.name) + " has more than one key, by " + listed(sources),
        "leave one of them");
  return profile;
}

/// A path that is taken from the folder of the file.
void make_absolute(std::string& path, const std::string& file) {
  if (!path.empty() && !path.starts_with('/')) path.insert(0, base::folder_of(file) + "/");
}

}  // namespace

std::vector<std::string> Profile::key_sources() const {
  std::vector<std::string> sources;
  if (!management_key_file.empty()) sources.emplace_back("management_key_file");
  if (!key_command.empty()) sources.emplace_back("key_command");
  if (keyring) sources.emplace_back("keyring");
  return sources;
}

bool is_top_up_limit(std::string_view text) {
  const auto amount = base::parse_usd(text);
  return amount && amount->value >= 0;
}

const ProfileMember* find_profile_member(std::string_view name) {
  const auto* const found = std::ranges::find(profile_members, name, &ProfileMember::name);
  return found == profile_members.end() ? nullptr : found;
}

std::vector<std::string> profile_member_names() {
  std::vector<std::string> names;
  for (const ProfileMember& member : profile_members) names.emplace_back(member.name);
  return names;
}

const Profile* Configuration::find(std::string_view name) const {
  const auto found = std::ranges::find(profiles, name, &Profile::name);
  return found == profiles.end() ? nullptr : &*found;
}

std::vector<std::string> Configuration::names() const {
  std::vector<std::string> names;
  for (const Profile& profile : profiles) names.push_back(profile.name);
  return names;
}

std::optional<std::string> configuration_path(const client::Environment& environment) {
  auto folder = client::configuration_folder(environment);
  if (folder) *folder += "/config.toml";
  return folder;
}

client::Setting Configuration::profile_in_use(const std::string& named,
                                              const client::Environment& environment) const {
  if (!named.empty()) return {named, "--profile"};
  if (auto variable = environment("XAI_PROFILE"); variable && !variable->empty())
    return {*std::move(variable), "XAI_PROFILE"};
  return {default_profile, path};
}

Result<Configuration> parse_configuration(std::string_view text, const std::string& path) {
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) return wrong(path, parsed.error().source(), escaped(parsed.error().description()));
  Configuration configuration{.path = path};
  for (const auto& [key, node] : parsed.table()) {
    if (key.str() == "profile") {
      configuration.default_profile = TRY(text_of(node, path, "profile"));
    } else if (key.str() == "profiles") {
      const auto* const profiles = node.as_table();
      if (profiles == nullptr)
        return wrong(path, node.source(), "profiles are tables, [profiles.NAME]");
      for (const auto& [name, profile] : *profiles)
        configuration.profiles.push_back(TRY(read_profile(name, profile, path)));
    } else {
      return unknown(path, key, {"profile", "profiles"});
    }
  }
  for (Profile& profile : configuration.profiles) {
    make_absolute(profile.management_key_file, path);
    make_absolute(profile.ca_file, path);
  }
  return configuration;
}

Result<std::string> read_configuration_text(const std::string& path) {
  const auto trouble = [&](int error) {
    return local_failure("cannot read " + in_quotes(path) + " (" + std::strerror(error) + ")",
                         "see `manage_xai config path`");
  };
  // A link may lead to it: it is the user's own file.
  const base::File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (!file.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::string{};
    return trouble(errno);
  }
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return trouble(errno);
  if (!S_ISREG(status.st_mode)) return trouble(EINVAL);
  const bool is_foreign = status.st_uid != ::geteuid() && status.st_uid != 0;
  if (is_foreign || (status.st_mode & 022U) != 0)
    return local_failure("others may write to " + in_quotes(path) + ", which names commands to run",
                         "run `chmod go-w` on it, as its owner");
  constexpr std::size_t bytes_max = 1UL << 20U;
  auto text = base::read_all(file.get(), bytes_max);
  if (!text) return trouble(text.error());
  return *std::move(text);
}

Result<Configuration> read_configuration(const client::Environment& environment) {
  const auto path = configuration_path(environment);
  if (!path) return Configuration{};
  const std::string text = TRY(read_configuration_text(*path));
  return parse_configuration(text, *path);
}

Result<std::optional<Profile>> choose_profile(const std::string& named,
                                              const client::Environment& environment) {
  const auto configuration = TRY(read_configuration(environment));
  if (configuration.path.empty()) {
    if (named.empty()) return std::nullopt;
    return usage_failure("there is no place for profiles: neither XDG_CONFIG_HOME nor HOME is set");
  }
  const auto [wanted, source] = configuration.profile_in_use(named, environment);
  if (wanted.empty()) return std::nullopt;
  if (const Profile* const profile = configuration.find(wanted)) return *profile;
  return usage_failure(
      "there is no profile " + in_quotes(wanted) + ", which " + escaped(source) + " names",
      configuration.profiles.empty() ? "make one: see `manage_xai config --help`"
                                     : "there are: " + listed(configuration.names()));
}

}  // namespace xai::cli
