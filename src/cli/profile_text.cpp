#include "cli/profile_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "base/try.h"
#include "cli/exit_code.h"
#include "cli/profiles.h"
#include "cli/render/text.h"
#include "cli/toml.h"

namespace xai::cli {

using management::Result;

namespace {

/// Where the line begins; the end of the text for one behind the last. Lines count from 1.
std::size_t offset_of_line(std::string_view text, std::uint32_t line) {
  std::size_t offset = 0;
  for (std::uint32_t at = 1; at < line && offset < text.size(); ++at)
    offset = std::min(text.find('\n', offset), text.size() - 1) + 1;
  return offset;
}

/// A place as TOML's parser counts: lines and code points, from 1.
std::size_t offset_of(std::string_view text, const toml::source_position& place) {
  std::size_t offset = offset_of_line(text, place.line);
  const auto is_inside = [](char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0U) == 0x80U;
  };
  for (std::uint32_t column = 1; column < place.column && offset < text.size(); ++column) do
      ++offset;
    while (offset < text.size() && is_inside(text[offset]));
  return offset;
}

bool is_bare_key(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
  });
}

std::string shown_key(const std::string& name) {
  return is_bare_key(name) ? name : toml_text(name);
}

/// The last line that a setting of the table takes, or its header.
std::uint32_t last_line_of(const toml::table& table) {
  std::uint32_t line = table.source().begin.line;
  for (const auto& [key, node] : table)
    if (!node.is_table()) line = std::max(line, node.source().end.line);
  return line;
}

/// A new line behind `line`.
std::string with_line(std::string text, std::uint32_t line, const std::string& added) {
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  text.insert(offset_of_line(text, line + 1), added + "\n");
  return text;
}

const toml::table* table_of(const toml::table& root, const std::string& profile) {
  if (profile.empty()) return &root;
  const auto* const profiles = root.get_as<toml::table>("profiles");
  return profiles == nullptr ? nullptr : profiles->get_as<toml::table>(profile);
}

std::string without_node(std::string text, const toml::node& node) {
  const std::size_t begin = offset_of_line(text, node.source().begin.line);
  const std::size_t end = offset_of_line(text, node.source().end.line + 1);
  return text.erase(begin, end - begin);
}

std::string changed(std::string text, const toml::table& root, const SettingPlace& place,
                    const std::optional<std::string>& value) {
  const toml::table* const table = table_of(root, place.profile);
  const toml::node* const node = table == nullptr ? nullptr : table->get(place.key);
  if (node != nullptr && !value) return without_node(std::move(text), *node);
  if (!value) return text;
  if (node != nullptr) {
    const std::size_t begin = offset_of(text, node->source().begin);
    return text.replace(begin, offset_of(text, node->source().end) - begin, *value);
  }
  const std::string line = place.key + " = " + *value;
  if (place.profile.empty()) return line + "\n" + (text.empty() ? "" : "\n") + text;
  if (table != nullptr) return with_line(std::move(text), last_line_of(*table), line);
  if (!text.empty()) text += text.ends_with('\n') ? "\n" : "\n\n";
  return text + "[profiles." + shown_key(place.profile) + "]\n" + line + "\n";
}

/// The settings as they are to be, by way of the same reader.
Result<Configuration> wanted(const std::string& text, const std::string& path,
                             const SettingPlace& place, const std::optional<std::string>& value) {
  auto configuration = TRY(parse_configuration(text, path));
  const std::string line = value ? place.key + " = " + *value + "\n" : "";
  if (place.profile.empty()) {
    configuration.default_profile = TRY(parse_configuration(line, path)).default_profile;
    return configuration;
  }
  const std::string header = "[profiles." + shown_key(place.profile) + "]\n";
  const auto alone = TRY(parse_configuration(header + line, path));
  auto found = std::ranges::find(configuration.profiles, place.profile, &Profile::name);
  if (found == configuration.profiles.end()) {
    if (value) configuration.profiles.push_back(alone.profiles.front());
    return configuration;
  }
  const ProfileMember* const member = find_profile_member(place.key);
  if (member != nullptr)
    std::visit([&](auto pointer) { (*found).*pointer = alone.profiles.front().*pointer; },
               member->place);
  if (const auto sources = found->key_sources(); sources.size() > 1)
    return usage_failure("the profile " + in_quotes(place.profile) +
                             " would have more than one key, by " + listed(sources),
                         "unset the other one first: see `manage_xai config --help`");
  return configuration;
}

std::unexpected<management::Error> unchangeable(const std::string& path) {
  return local_failure(in_quotes(path) + " is written in a way that cannot be changed here",
                       "change it with an editor; it was left as it is");
}

}  // namespace

std::string toml_text(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      result += '\\';
      result += letter;
    } else if (code < ' ' || code == 0x7F) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(code));
      result += escape.data();
    } else {
      result += letter;
    }
  }
  return result + '"';
}

std::string toml_list(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + toml_text(text);
  return "[" + result + "]";
}

Result<std::string> with_setting(const std::string& text, const std::string& path,
                                 const SettingPlace& place,
                                 const std::optional<std::string>& value) {
  // The parser counts columns from behind it, and nothing may be put in front of it.
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) {
    const std::string bare = text.substr(byte_order_mark.size());
    if (bare.starts_with(byte_order_mark)) return unchangeable(path);
    return std::string{byte_order_mark} + TRY(with_setting(bare, path, place, value));
  }
  const auto expected = TRY(wanted(text, path, place, value));
  const toml::parse_result parsed = toml::parse(text, path);
  std::string result = changed(text, parsed.table(), place, value);
  const auto reread = parse_configuration(result, path);
  if (reread && reread->default_profile == expected.default_profile &&
      std::ranges::is_permutation(reread->profiles, expected.profiles))
    return result;
  return unchangeable(path);
}

}  // namespace xai::cli
