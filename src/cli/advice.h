#pragma once

#include <string>

#include "cli/settings.h"
#include "xai/management/error.h"

namespace xai::cli {

/// Who gave a setting: `XAI_TEAM_ID`, `--team-id`, `the profile 'prod'`.
std::string shown_source(const client::Setting& setting);

/// Names who gave a setting where the error speaks of it: people look for it on their command line.
/// A base URL that ends in `/v1` is told to be one.
void name_sources(management::Error& error, const Settings& settings);

/// What to do next about an error: its own words, else a command or what helps in
/// general. Empty only for usage errors, which get the command's help.
std::string next_of(const management::Error& error);

}  // namespace xai::cli
