#pragma once

#include <expected>
#include <string>
#include <vector>

#include "emulator/options.h"
#include "emulator/server.h"

namespace xai::emulator {

/// What the command line asks for.
struct Arguments {
  Options emulator{};
  ServerOptions server{};
  std::string seed_file{};
  std::vector<std::string> command{};  ///< Of `run`: what the emulator lives for.
  bool help{};
  bool version{};
};

/// The error is one line for the user, without the program's name.
std::expected<Arguments, std::string> parse_arguments(int argc, const char* const* argv);

}  // namespace xai::emulator
