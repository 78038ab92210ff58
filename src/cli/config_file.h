#pragma once

#include <string>
#include <string_view>

#include "base/file.h"
#include "cli/profiles.h"
#include "cli/session.h"
#include "xai/management/result.h"

namespace xai::cli {

/// config.toml as it is, and what it says.
struct ConfigFile {
  std::string path;
  std::string text;
  Configuration configuration;
};

management::Result<std::string> config_path(Session& session);

management::Result<ConfigFile> read_config(Session& session);

/// Holds the folder of the settings, which is made where it is missing: who reads them then and
/// writes them undoes nothing of another run.
management::Result<base::File> hold_config_folder(Session& session, const std::string& path);

/// A new file takes the place of the one at `path`, so that no half of it is ever there.
management::Result<void> replace_text(Session& session, const std::string& path,
                                      std::string_view text);

}  // namespace xai::cli
