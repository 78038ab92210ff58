#include "xai/management/error.h"

#include <array>
#include <utility>

#include "base/not_sent.h"

namespace xai::management {

std::string_view name_of(ErrorKind kind) {
  static constexpr std::array<std::string_view, 17> names{"cancelled",
                                                          "unknown",
                                                          "invalid_argument",
                                                          "deadline_exceeded",
                                                          "not_found",
                                                          "already_exists",
                                                          "permission_denied",
                                                          "resource_exhausted",
                                                          "failed_precondition",
                                                          "aborted",
                                                          "out_of_range",
                                                          "unimplemented",
                                                          "internal",
                                                          "unavailable",
                                                          "data_loss",
                                                          "unauthenticated",
                                                          "malformed_response"};
  return names.at(static_cast<std::size_t>(kind));
}

std::string_view name_of(Outcome outcome) {
  static constexpr std::array<std::string_view, 6> names{"not_sent",   "refused", "throttled",
                                                         "unanswered", "done",    "unknown"};
  return names.at(static_cast<std::size_t>(outcome));
}

}  // namespace xai::management

namespace xai::base {

using management::Error;
using management::ErrorKind;
using management::Outcome;

Error not_sent(ErrorKind kind, std::string message, std::string next) {
  return {.kind = kind,
          .outcome = Outcome::not_sent,
          .message = std::move(message),
          .next = std::move(next)};
}

std::unexpected<Error> invalid_argument(std::string message, std::string next) {
  return std::unexpected{
      not_sent(ErrorKind::invalid_argument, std::move(message), std::move(next))};
}

}  // namespace xai::base
