#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/closest.h"
#include "base/file.h"
#include "base/try.h"
#include "cli/command.h"
#include "cli/config_file.h"
#include "cli/keyring.h"
#include "cli/profile_text.h"
#include "cli/profiles.h"
#include "cli/render/result.h"
#include "cli/render/table.h"
#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

namespace {

struct ConfigInput {
  std::string action{};
  std::vector<std::string> words{};
  bool keyring{};

  void declare(Options& options) {
    options.argument("ACTION", action, "What to do")
        .one_of({"list", "get", "set", "unset", "path", "set-key"});
    options.argument("WORD", words, "The setting, and for set its value").is_required = false;
    options.flag("--keyring", keyring, "set-key: keep the key in the desktop's keyring");
  }
};

/// The profile that a setting is of: the one that is named, else the one that is used.
Result<std::string> profile_of(Session& session, const ConfigFile& file) {
  std::string name =
      file.configuration.profile_in_use(session.settings().profile.value, session.environment())
          .value;
  if (name.empty()) return usage_failure("no profile is named", "add --profile NAME");
  return name;
}

std::unexpected<Error> unknown_setting(const std::string& name) {
  std::vector<std::string> names = profile_member_names();
  names.emplace_back("profile");
  const std::string meant = base::did_you_mean(name, names);
  return usage_failure("there is no setting " + in_quotes(name),
                       meant.empty() ? "there are " + listed(names) : meant);
}

/// The words as the value of the setting, in TOML.
Result<std::string> value_of(const std::string& key, const std::vector<std::string>& words) {
  const ProfileMember* const member = find_profile_member(key);
  if (member != nullptr &&
      std::holds_alternative<std::vector<std::string> Profile::*>(member->place))
    return toml_list(words);
  if (words.size() != 1)
    return usage_failure(key + " takes one value", "put it in quotes if it holds spaces");
  const std::string& word = words.front();
  if (member == nullptr || std::holds_alternative<std::string Profile::*>(member->place)) {
    const std::vector<std::string> formats = all_formats();
    if (key == "output" && std::ranges::find(formats, word) == formats.end())
      return usage_failure("output is one of " + listed(formats) + ", not " + in_quotes(word));
    if (key == "max_top_up" && !is_top_up_limit(word))
      return usage_failure("max_top_up is an amount in USD, such as 100.00, not " +
                           in_quotes(word));
    // In the file a path begins at the file's folder; who types one means the folder he is in.
    if (key == "management_key_file" || key == "ca_file") {
      std::error_code error;
      const std::filesystem::path whole = std::filesystem::absolute(word, error);
      if (!error) return toml_text(whole.string());
      return usage_failure(
          "the folder that " + in_quotes(word) + " is in cannot be told (" + error.message() + ")",
          "give the path from /");
    }
    return toml_text(word);
  }
  if (word != "true" && word != "false")
    return usage_failure(key + " is true or false, not " + in_quotes(word));
  return word;
}

/// That commands could use the setting, so that they do not all fail from now on.
Result<void> check_setting(Session& session, const ConfigFile& file, const SettingPlace& place) {
  if (place.profile.empty()) {
    const std::string& name = file.configuration.default_profile;
    if (file.configuration.find(name) != nullptr) return {};
    return usage_failure("there is no profile " + in_quotes(name),
                         "make it first: `manage_xai config set SETTING VALUE --profile NAME`");
  }
  const Profile* const profile = file.configuration.find(place.profile);
  const ProfileMember* const member = find_profile_member(place.key);
  if (profile == nullptr || member == nullptr) return {};
  // The others are left out: they may wait to be mended, and a key would be read.
  const auto* const text = std::get_if<std::string Profile::*>(&member->place);
  if (text == nullptr || place.key == "management_key_file") return {};
  Profile alone{.name = profile->name};
  alone.*(*text) = profile->*(*text);
  GlobalOptions none;
  const client::Environment nothing = [](const std::string&) { return std::nullopt; };
  return client::check_reach(
      TRY(resolve_settings(none, alone, nothing, session.read_line(), session.messages())));
}

Status change(Session& session, const std::string& key, const std::optional<std::string>& value) {
  const std::string path = TRY(config_path(session));
  const base::File held = TRY(hold_config_folder(session, path));
  const ConfigFile file = TRY(read_config(session));
  SettingPlace place{.profile = {}, .key = key};
  if (key != "profile") place.profile = TRY(profile_of(session, file));
  const std::string text = TRY(with_setting(file.text, file.path, place, value));
  if (value) {
    auto configuration = TRY(parse_configuration(text, file.path));
    TRY(check_setting(session, {file.path, text, std::move(configuration)}, place));
  }
  if (text != file.text) TRY(replace_text(session, file.path, text));
  session.note_change();
  const bool leaves_key = !value && (key == "keyring" || key == "management_key_file");
  session.messages().note(
      (value ? "set " : "unset ") + key +
      (place.profile.empty() ? "" : " of the profile " + in_quotes(place.profile)) + " in " +
      escaped(file.path) + (leaves_key ? "; the key itself stays where it is" : ""));
  return ExitCode::done;
}

std::vector<std::string> texts_of(const Profile& profile, const ProfileMember& member) {
  if (const auto* const text = std::get_if<std::string Profile::*>(&member.place))
    return (profile.*(*text)).empty() ? std::vector<std::string>{}
                                      : std::vector<std::string>{profile.*(*text)};
  if (const auto* const flag = std::get_if<bool Profile::*>(&member.place))
    return profile.*(*flag) ? std::vector<std::string>{"true"} : std::vector<std::string>{};
  return profile.*std::get<std::vector<std::string> Profile::*>(member.place);
}

Status list(Session& session) {
  const ConfigFile file = TRY(read_config(session));
  std::vector<ProfileResult> results;
  for (const Profile& profile : file.configuration.profiles) {
    ProfileResult result{.name = profile.name,
                         .is_default = profile.name == file.configuration.default_profile};
    for (const ProfileMember& member : profile_members)
      if (auto texts = texts_of(profile, member); !texts.empty())
        result.settings.push_back({std::string{member.name}, std::move(texts)});
    results.push_back(std::move(result));
  }
  print_result(session, results, [&] {
    Table table{session.output(), {{"PROFILE"}, {"SETTING"}, {"VALUE"}}};
    for (const ProfileResult& result : results) {
      const std::string shown = result.name + (result.is_default ? " (default)" : "");
      for (const auto& [name, texts] : result.settings)
        table.add({{shown}, {name}, {listed(texts)}});
      if (result.settings.empty()) table.add({{shown}, {"-"}, {"-"}});
    }
    if (!results.empty()) table.print();
  });
  if (results.empty()) session.messages().note("there are no profiles in " + escaped(file.path));
  return ExitCode::done;
}

Status get(Session& session, const std::string& key) {
  const ConfigFile file = TRY(read_config(session));
  std::vector<std::string> texts{file.configuration.default_profile};
  if (key != "profile") {
    const ProfileMember* const member = find_profile_member(key);
    if (member == nullptr) return unknown_setting(key);
    const std::string name = TRY(profile_of(session, file));
    const Profile* const profile = file.configuration.find(name);
    texts = profile == nullptr ? std::vector<std::string>{} : texts_of(*profile, *member);
  }
  std::erase(texts, "");
  if (texts.empty())
    return std::unexpected{Error{.kind = ErrorKind::not_found,
                                 .outcome = Outcome::refused,
                                 .message = key + " is not set",
                                 .next = "see `manage_xai config list`"}};
  print_result(session, texts, [&] {
    for (const std::string& text : texts) session.output().write(escaped(text) + "\n");
  });
  return ExitCode::done;
}

/// Keeps the key in a file beside config.toml; answers where.
Result<std::string> keep_in_file(Session& session, const std::string& path, const Secret& key) {
  std::string line{key.reveal()};
  line += '\n';
  const auto written = replace_text(session, path, line);
  wipe(line);
  TRY(written);
  return escaped(path);
}

/// The settings of a profile whose key lies in the keyring, or in a file named after it.
Result<std::string> with_key_place(const ConfigFile& file, const std::string& profile,
                                   bool is_in_keyring) {
  const SettingPlace key_file{profile, "management_key_file"};
  if (!is_in_keyring)
    return with_setting(file.text, file.path, key_file, toml_text(profile + ".key"));
  const std::string text = TRY(with_setting(file.text, file.path, key_file, std::nullopt));
  return with_setting(text, file.path, {profile, "keyring"}, "true");
}

/// Takes the key from the terminal or standard input, and keeps it for the profile.
Status set_key(Session& session, bool wants_keyring) {
  const ConfigFile before = TRY(read_config(session));
  const std::string name = TRY(profile_of(session, before));
  const Profile* const profile = before.configuration.find(name);
  const bool is_in_keyring = wants_keyring || (profile != nullptr && profile->keyring);
  if (!is_in_keyring && (name.contains('/') || name.starts_with('.')))
    return usage_failure("no file can be named after the profile " + in_quotes(name));
  // Looked at first, so that the key is not asked for in vain.
  TRY(with_key_place(before, name, is_in_keyring));
  if (session.can_ask()) session.messages().ask("Management key of " + in_quotes(name) + ":");
  const Secret key = client::pasted_key(session.read_secret().value_or(""));
  if (key.empty()) return usage_failure("no key was given", "paste it, or pipe it in");
  TRY(client::check_key(key, "the management key"));
  // Only now, since others are not to wait for somebody who types; so the file is read again.
  const base::File held = TRY(hold_config_folder(session, before.path));
  const ConfigFile file = TRY(read_config(session));
  const std::string text = TRY(with_key_place(file, name, is_in_keyring));
  std::string place = "the keyring";
  if (is_in_keyring)
    TRY(keep_in_keyring(name, key));
  else
    place = TRY(keep_in_file(session, base::folder_of(file.path) + "/" + name + ".key", key));
  if (text != file.text) TRY(replace_text(session, file.path, text));
  session.note_change();
  session.messages().note("the key is in " + place + ", and the profile " + in_quotes(name) +
                          " uses it");
  return ExitCode::done;
}

Status configure(Session& session, const ConfigInput& input) {
  const std::size_t wanted = input.action == "get" || input.action == "unset" ? 1 : 0;
  const bool is_set = input.action == "set";
  if (is_set ? input.words.size() < 2 : input.words.size() != wanted)
    return usage_failure("config " + input.action + " needs " +
                         (is_set        ? "a setting and its value"
                          : wanted == 1 ? "a setting"
                                        : "nothing more"));
  if (input.keyring && input.action != "set-key")
    return usage_failure("--keyring goes with set-key", "to use it: config set keyring true");
  if (input.action == "list") return list(session);
  if (input.action == "set-key") return set_key(session, input.keyring);
  if (input.action == "path") {
    session.output().write(TRY(config_path(session)) + "\n");
    return ExitCode::done;
  }
  const std::string& key = input.words.front();
  if (key != "profile" && find_profile_member(key) == nullptr) return unknown_setting(key);
  if (input.action == "get") return get(session, key);
  if (!is_set) return change(session, key, std::nullopt);
  return change(session, key, TRY(value_of(key, {input.words.begin() + 1, input.words.end()})));
}

}  // namespace

Command config_command() {
  return {
      .name = "config",
      .group = Group::setup,
      .summary = "Show and change the settings of config.toml",
      .description =
          "Its profiles are sets of settings with a name, for several teams. --profile says "
          "whose setting is meant. Settings are team_id, management_key_file, key_command, "
          "keyring, region, base_url, ca_file, timeout, output, read_only, protected and "
          "max_top_up; and "
          "profile itself, the one that is used where none is named. set-key asks for a "
          "management key, or reads it from standard input, and keeps it in a file for you alone "
          "or, with "
          "--keyring, in the desktop's keyring.",
      .examples = {"config set region us-east-1 --profile prod", "config set-key --profile prod"},
      .formats = {"text", "json"},
      .declare = declare_with<ConfigInput, configure>,
      .is_local = true};
}

}  // namespace xai::cli
