#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "cli/exit_code.h"
#include "cli/messages.h"
#include "cli/options.h"
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
  std::string output{"text"};
  bool quiet{};
  bool verbose{};
  bool no_color{};
  bool help{};
};

/// Binds the global options. `formats` are the values `--output` may have.
void declare_global_options(Options& options, GlobalOptions& values,
                            std::vector<std::string> formats);

struct Settings : client::Settings {
  client::Setting ca_file{};
  std::chrono::milliseconds timeout{};
};

using ReadLine = std::function<std::optional<std::string>()>;

/// Each setting from its flag, else the environment, else its default.
management::Result<Settings> resolve_settings(GlobalOptions& given,
                                              const client::Environment& environment,
                                              const ReadLine& read_line, Messages& messages);

}  // namespace xai::cli
