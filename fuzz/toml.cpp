// config.toml: any text is read or refused with its place, and a setting that is changed in its
// place leaves all else byte for byte as it was.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/unicode.h"
#include "cli/profile_text.h"
#include "cli/profiles.h"
#include "input.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

using cli::Profile;
using cli::SettingPlace;

constexpr const char* file_path = "/of-a-user/config.toml";

SettingPlace place_of(Input& input) {
  const std::size_t choice = input.byte() % (cli::profile_members.size() + 1);
  if (choice == 0) return {.profile = "", .key = "profile"};
  const auto& member = cli::profile_members.at(choice - 1);
  return {.profile = std::string{input.line()}, .key = std::string{member.name}};
}

/// A value of the setting's type, as TOML; none to take the setting out.
std::optional<std::string> value_of(Input& input, const SettingPlace& place) {
  const std::string text{input.line()};
  if (text.empty()) return std::nullopt;
  const cli::ProfileMember* const member = cli::find_profile_member(place.key);
  if (member == nullptr || std::holds_alternative<std::string Profile::*>(member->place))
    return cli::toml_text(text);
  if (std::holds_alternative<bool Profile::*>(member->place)) return text < "m" ? "true" : "false";
  return cli::toml_list({text, "and more"});
}

/// Whether the text can be read.
bool look_at_read(const std::string& text) {
  const auto read = cli::parse_configuration(text, file_path);
  if (read) return true;
  require(read.error().message.starts_with(std::string{file_path} + ":"),
          "a refusal tells the place");
  require(base::is_utf8(read.error().message), "and is UTF-8");
  return false;
}

void look_at_raw(Input input) {
  const SettingPlace place = place_of(input);
  const auto value = value_of(input, place);
  const auto other_value = value_of(input, place);
  const std::string text{input.rest()};
  const bool is_read = look_at_read(text);
  const auto changed = cli::with_setting(text, file_path, place, value);
  if (!changed) return;
  require(is_read, "only what can be read is changed");
  const auto after = cli::parse_configuration(*changed, file_path);
  require(after.has_value(), "what is changed can be read");
  require(cli::with_setting(*changed, file_path, place, value) == *changed,
          "changing twice is changing once");
  if (!value || !other_value) return;
  const auto direct = cli::with_setting(text, file_path, place, other_value);
  const auto again = cli::with_setting(*changed, file_path, place, other_value);
  require(direct.has_value() == again.has_value() && (!direct || *direct == *again),
          "only the last value counts");
}

/// A comment that may stand at the end of a line.
std::string comment_of(std::string_view bytes) {
  std::string comment = "#";
  while (!bytes.empty()) {
    const base::CodePoint point = base::first_code_point(bytes);
    const bool is_control = point.value < ' ' || point.value == 0x7f;
    if (point.is_valid && (!is_control || point.value == '\t'))
      comment += bytes.substr(0, point.bytes);
    bytes.remove_prefix(point.bytes);
  }
  return comment;
}

/// A text of which every line is known, so that there is no doubt what a change makes of it.
void look_at_known(Input input) {
  const std::size_t wanted = input.byte() % cli::profile_members.size();
  const std::uint8_t form = input.byte();
  const std::string line_end = form % 2 == 0 ? "\n" : "\r\n";
  const std::string indent((form >> 1U) % 4, ' ');
  const std::string old_value{input.line()};
  const std::string new_value{input.line()};
  const std::string name = cli::toml_text("of " + std::string{input.line()});
  // One by one: the end of one and the beginning of the next may make a letter.
  if (!base::is_utf8(old_value) || !base::is_utf8(new_value) || !base::is_utf8(name)) return;
  std::string before = comment_of(input.line()) + line_end + "[profiles." + name + "]" + line_end;
  std::string behind;
  for (std::size_t i = 0; i < cli::profile_members.size(); ++i) {
    const auto& member = cli::profile_members.at(i);
    const bool is_text = std::holds_alternative<std::string Profile::*>(member.place);
    if (i == wanted && !is_text) return;
    // An amount is read, and two ways to a key are refused.
    if (member.name == "max_top_up" || member.name == "management_key_file") continue;
    std::string& part = i < wanted ? before : behind;
    if (i != wanted && is_text)
      part += std::string{member.name} + " = " + cli::toml_text(old_value) + " " +
              comment_of(input.line()) + line_end;
  }
  behind += "[profiles.\"another one\"] " + comment_of(input.line()) + line_end;
  const std::string key{cli::profile_members.at(wanted).name};
  if (key == "max_top_up") return;
  const std::string comment = " " + comment_of(input.line()) + line_end;
  before += indent + key + " = ";
  const std::string text = before + cli::toml_text(old_value) + comment + behind;
  const auto configuration = cli::parse_configuration(text, file_path);
  require(configuration.has_value() && configuration->profiles.size() == 2, "a good text is read");
  const std::string profile = configuration->profiles.front().name == "another one"
                                  ? configuration->profiles.back().name
                                  : configuration->profiles.front().name;
  const auto changed = cli::with_setting(text, file_path, {.profile = profile, .key = key},
                                         cli::toml_text(new_value));
  require(changed.has_value(), "a setting that stands there can be changed");
  require(*changed == before + cli::toml_text(new_value) + comment + behind,
          "and every other byte is as it was");
  const auto removed =
      cli::with_setting(text, file_path, {.profile = profile, .key = key}, std::nullopt);
  require(removed.has_value(), "or taken out");
  const std::string kept =
      before.substr(0, before.size() - indent.size() - key.size() - 3) + behind;
  require(*removed == kept, "with its line alone");
}

}  // namespace

void toml(std::string_view bytes) {
  Input input{bytes};
  // Half of the inputs are read only, since a change is read a dozen times.
  switch (input.choice(4)) {
    case 0:
      return look_at_raw(input);
    case 1:
      return look_at_known(input);
    default:
      look_at_read(std::string{input.rest()});
  }
}

}  // namespace xai::fuzz
