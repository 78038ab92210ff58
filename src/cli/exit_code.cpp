#include "cli/exit_code.h"

#include <utility>

namespace xai::cli {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;

ExitCode exit_code_of(const Error& error) {
  switch (error.reason) {
    case Reason::local_trouble:
      // Nothing has changed is what the other code promises.
      return error.outcome == Outcome::done ? ExitCode::failed : ExitCode::local_trouble;
    case Reason::not_as_asked:
      return ExitCode::outcome_unknown;
    case Reason::secret_undelivered:
      return ExitCode::undelivered;
    case Reason::partly_done:
      return error.kind == ErrorKind::cancelled ? ExitCode::interrupted : ExitCode::partly;
    case Reason::no_place_for_record:
      return ExitCode::local_trouble;
    default:
      break;
  }
  if (error.outcome == Outcome::unknown) return ExitCode::outcome_unknown;
  if (error.outcome == Outcome::throttled) return ExitCode::try_later;
  switch (error.kind) {
    case ErrorKind::malformed_response:
      return ExitCode::bad_answer;
    case ErrorKind::unauthenticated:
    case ErrorKind::permission_denied:
      return ExitCode::credentials;
    case ErrorKind::not_found:
      return ExitCode::not_found;
    case ErrorKind::cancelled:
      return ExitCode::interrupted;
    case ErrorKind::unavailable:
    case ErrorKind::deadline_exceeded:
    case ErrorKind::internal:
      return ExitCode::try_later;
    case ErrorKind::invalid_argument:
      return error.outcome == Outcome::not_sent ? ExitCode::usage : ExitCode::refused;
    case ErrorKind::failed_precondition:
      return error.outcome == Outcome::not_sent ? ExitCode::local_trouble : ExitCode::refused;
    default:
      break;
  }
  return error.outcome == Outcome::refused ? ExitCode::refused : ExitCode::failed;
}

std::unexpected<Error> usage_failure(std::string message, std::string next) {
  return std::unexpected(Error{
      .kind = ErrorKind::invalid_argument, .message = std::move(message), .next = std::move(next)});
}

std::unexpected<Error> refusal(std::string message, std::string next) {
  return std::unexpected(Error{.kind = ErrorKind::failed_precondition,
                               .outcome = Outcome::refused,
                               .message = std::move(message),
                               .next = std::move(next)});
}

std::unexpected<Error> local_failure(std::string message, std::string next) {
  return std::unexpected(Error{.kind = ErrorKind::failed_precondition,
                               .reason = Reason::local_trouble,
                               .message = std::move(message),
                               .next = std::move(next)});
}

}  // namespace xai::cli
