#pragma once

#include <string>

#include "cli/settings.h"
#include "xai/management/error.h"

namespace xai::cli {

/// Names the variable that a setting came from where the error speaks of the setting: people look
/// for it on their command line. A base URL that ends in `/v1` is told to be one.
void name_sources(management::Error& error, const Settings& settings);

/// What to do next about an error: its own words, else a command that helps; may be empty.
std::string next_of(const management::Error& error);

}  // namespace xai::cli
