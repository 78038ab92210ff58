#include "emulator/rpc_codes.h"

#include <algorithm>
#include <array>

namespace xai::emulator {

using management::ErrorKind;

namespace {

struct RpcCode {
  int status;
  std::string_view words;
};

/// In the order of the codes, from 1 on.
constexpr std::array<RpcCode, 16> rpc_codes{{
    {499, "The operation was cancelled"},
    {500, "Unknown error"},
    {400, "Client specified an invalid argument"},
    {504, "Deadline expired before operation could complete"},
    {404, "Some requested entity was not found"},
    {409, "Some entity that we attempted to create already exists"},
    {403, "The caller does not have permission to execute the specified operation"},
    {429, "Some resource has been exhausted"},
    {400, "The system is not in a state required for the operation's execution"},
    {409, "The operation was aborted"},
    {400, "Operation was attempted past the valid range"},
    {501, "Operation is not implemented or not supported"},
    {500, "Internal error"},
    {503, "The service is currently unavailable"},
    {500, "Unrecoverable data loss or corruption"},
    {401, "The request does not have valid authentication credentials"},
}};

const RpcCode& code_of(ErrorKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  return rpc_codes[index < rpc_codes.size() ? index
                                            : static_cast<std::size_t>(ErrorKind::internal)];
}

struct StatusCode {
  int status;
  ErrorKind kind;
};

/// Those that several codes share, and those that no code has.
constexpr std::array<StatusCode, 9> kinds_of_statuses{{
    {400, ErrorKind::invalid_argument},
    {405, ErrorKind::unimplemented},
    {408, ErrorKind::deadline_exceeded},
    {409, ErrorKind::aborted},
    {413, ErrorKind::out_of_range},
    {422, ErrorKind::invalid_argument},
    {425, ErrorKind::unavailable},
    {500, ErrorKind::internal},
    {502, ErrorKind::unavailable},
}};

}  // namespace

int rpc_code(ErrorKind kind) { return static_cast<int>(kind) + 1; }

int http_status(ErrorKind kind) { return code_of(kind).status; }

ErrorKind kind_of_status(int status) {
  const auto* const known = std::ranges::find(kinds_of_statuses, status, &StatusCode::status);
  if (known != kinds_of_statuses.end()) return known->kind;
  const auto* const code = std::ranges::find(rpc_codes, status, &RpcCode::status);
  if (code != rpc_codes.end()) return static_cast<ErrorKind>(code - rpc_codes.begin());
  return status < 500 ? ErrorKind::failed_precondition : ErrorKind::internal;
}

std::string_view words_of(ErrorKind kind) { return code_of(kind).words; }

}  // namespace xai::emulator
