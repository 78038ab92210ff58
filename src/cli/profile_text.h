#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/result.h"

namespace xai::cli {

/// A setting in config.toml.
struct SettingPlace {
  std::string profile{};  ///< Empty: none, as for `profile` itself.
  std::string key{};
};

/// A text as TOML writes it, in quotes; and a list of them.
std::string toml_text(std::string_view text);
std::string toml_list(const std::vector<std::string>& texts);

/// The text of config.toml with one setting changed in its place, so that all else stays as it is
/// written, comments too. `value` is TOML; without one the setting is taken out.
/// Errors: those of parse_configuration; local_trouble where the text is of a form that cannot be
/// changed so.
management::Result<std::string> with_setting(const std::string& text, const std::string& path,
                                             const SettingPlace& place,
                                             const std::optional<std::string>& value);

}  // namespace xai::cli
