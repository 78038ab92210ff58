#pragma once

#include <cstdint>
#include <expected>
#include <utility>

#include "xai/management/error.h"

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

/// Why a command failed: an error of the library, or one of our own with its exit code.
struct Failure {
  // Implicit, so that TRY passes a library's error on from a command.
  Failure(management::Error cause) : error{std::move(cause)}, code{exit_code_of(error)} {}
  Failure(ExitCode exit_code, management::Error cause) : error{std::move(cause)}, code{exit_code} {}

  management::Error error;
  ExitCode code;
};

/// How a command ended.
using Status = std::expected<ExitCode, Failure>;

/// A failure to use the program rightly: nothing was sent.
std::unexpected<Failure> usage_failure(std::string message, std::string next = {});

/// A refusal by a check of ours, or by the user, before anything was changed.
std::unexpected<Failure> refusal(std::string message, std::string next = {});

/// Trouble with a file, a stream or a setting on this machine.
std::unexpected<Failure> local_failure(std::string message, std::string next = {});

}  // namespace xai::cli
