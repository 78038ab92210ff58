#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "xai/management/result.h"

namespace xai::cli {

/// What the exit status tells a script. docs/manual/exit-codes.md says it for users.
enum class ExitCode : std::uint8_t {
  done = 0,
  failed = 1,
  usage = 2,
  not_found = 3,
  credentials = 4,
  refused = 5,
  try_later = 6,
  differs = 7,
  outcome_unknown = 8,
  undelivered = 9,
  partly = 10,
  pending = 11,
  local_trouble = 12,
  bad_answer = 13,
  interrupted = 130,
  pipe_closed = 141,
  terminated = 143,
};

/// The exit code that an error of the library stands for.
ExitCode exit_code_of(const management::Error& error);

/// How a command ended.
using Status = management::Result<ExitCode>;

/// A failure to use the program rightly: nothing was sent.
std::unexpected<management::Error> usage_failure(std::string message, std::string next = {});

/// A refusal by a check of ours, or by the user, before anything was changed.
std::unexpected<management::Error> refusal(std::string message, std::string next = {});

/// Trouble with a file, a stream or a setting on this machine.
std::unexpected<management::Error> local_failure(std::string message, std::string next = {});

}  // namespace xai::cli
