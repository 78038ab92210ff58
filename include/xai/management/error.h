#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xai::management {

/// The canonical RPC codes, and one of ours for answers that break the contract.
enum class ErrorKind : std::uint8_t {
  cancelled,
  unknown,
  invalid_argument,
  deadline_exceeded,
  not_found,
  already_exists,
  permission_denied,
  resource_exhausted,
  failed_precondition,
  aborted,
  out_of_range,
  unimplemented,
  internal,
  unavailable,
  data_loss,
  unauthenticated,
  malformed_response,
};

/// What became of the request that failed.
enum class Outcome : std::uint8_t {
  not_sent,    ///< No byte of the request left this machine.
  refused,     ///< The service said no; nothing changed.
  throttled,   ///< The service asked to come back later; nothing changed.
  unanswered,  ///< A read got no usable answer; reads change nothing.
  done,        ///< The change was made; a later step failed.
  unknown,     ///< A write may or may not have happened.
};

/// What a caller may act upon where kind and outcome do not tell.
enum class Reason : std::uint8_t {
  none,
  local_trouble,        ///< A file, a disk, a stream or a setting of this machine.
  secret_undelivered,   ///< A secret was minted and could not be handed over.
  foreign_answer,       ///< A 3xx or 4xx not in the service's own form: a proxy's page, say.
  not_as_asked,         ///< The change was answered well, and another one is there.
  out_of_credit,        ///< The team has no credit left, or is at its spending limit.
  unknown_api_key,      ///< The inference host knows no such API key: not yet, or no longer.
  partly_done,          ///< Some of several items failed.
  key_not_found,        ///< No key has that id or name.
  ambiguous_name,       ///< Several keys have that name.
  unknown_region,       ///< The team has no such cluster.
  unknown_model,        ///< The team has no such model.
  unknown_endpoint,     ///< The team can grant no such endpoint.
  no_place_for_record,  ///< The state folder cannot be used, so nothing was begun.
  earlier_unfinished,   ///< The same was tried before, and what came of it is not settled.
  read_only,            ///< The client may change nothing.
  within_overlap,       ///< Another rotation would end a secret that still is to work for a while.
  under_way,            ///< Somebody on this machine is at it right now.
  elsewhere,            ///< It was begun at another base URL or for another team.
  unknown_zone,         ///< There is no time zone of that name.
  ambiguous_time,       ///< A local time that the clocks of its zone show twice.
  empty_window,         ///< A span of time that ends before it begins.
};

/// Why an operation failed, fit to be shown to a person: no secret and no raw body is in it.
struct Error {
  ErrorKind kind{ErrorKind::unknown};
  Outcome outcome{Outcome::not_sent};
  Reason reason{Reason::none};
  std::string message{};       ///< What failed, one line without a full stop.
  std::string next{};          ///< What to do about it; may be empty.
  int http_status{};           ///< 0 when no answer came.
  std::string service_code{};  ///< The code the service gave, as text.
  std::string request_id{};    ///< The service's own id of the request, if it sent one.
  std::optional<std::chrono::seconds> retry_after{};
};

/// The enumerator's name, as it stands in JSON output: `not_found`, `malformed_response`.
std::string_view name_of(ErrorKind kind);

/// The enumerator's name, as it stands in JSON output: `not_sent`, `unknown`.
std::string_view name_of(Outcome outcome);

}  // namespace xai::management
