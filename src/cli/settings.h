#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/profiles.h"
#include "client/settings.h"

namespace xai::cli {

/// The options every command takes, as typed.
struct GlobalOptions {
  std::string management_key{};
  std::string management_key_file{};
  std::string team_id{};
  std::string region{};
  std::string base_url{};
  std::string ca_file{};
  std::string timeout{};
  std::string trace_file{};
  std::string profile{};
  std::string output{};  ///< Empty: text, or what the profile says.
  bool quiet{};
  bool verbose{};
  bool no_color{};
  bool help{};
};

/// Binds the global options. `formats` are the values `--output` may have.
void declare_global_options(Options& options, GlobalOptions& values,
                            std::vector<std::string> formats);

/// Whether the user wants an end; may be empty.
using IsCancelled = std::function<bool()>;

struct Settings : client::Settings {
  client::Setting ca_file{};
  client::Setting profile{};  ///< The name of the profile that is used, if any is.
  std::chrono::milliseconds timeout{};
  std::string output{};  ///< The format; empty where none is asked for.
  /// Gets the management key where it is still to come; it may take long, or ask the user.
  std::function<management::Result<management::Secret>(const IsCancelled&)> fetch_key{};
  bool is_read_only{};
  std::vector<std::string> protected_keys{};
};

using ReadLine = std::function<std::optional<std::string>()>;

/// Each setting from its flag, else the environment, else the profile, else its default. A profile
/// that an option names outranks the environment.
management::Result<Settings> resolve_settings(GlobalOptions& given,
                                              const std::optional<Profile>& profile,
                                              const client::Environment& environment,
                                              const ReadLine& read_line, Messages& messages);

}  // namespace xai::cli
