#pragma once

#include <string>
#include <vector>

#include "emulator/server.h"

namespace xai::emulator {

/// What the command gets: our own environment without settings of xAI tools and without proxies,
/// and with those that lead to the emulator. Its settings and records lie below `folder`.
std::vector<std::string> environment_of_companion(const Emulator& emulator, const Server& server,
                                                  const std::string& folder);

/// Runs `words`, a command with its arguments, and serves until it ends. Its streams are ours, and
/// signals that we are sent go on to it. Answers its exit code, 128 more than the signal that ended
/// it, 127 when there is no such command, or 126 when it cannot be run.
int run_beside(Server& server, const std::vector<std::string>& words,
               const std::vector<std::string>& environment);

}  // namespace xai::emulator
