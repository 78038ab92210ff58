#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/emulator.h"
#include "json/document.h"
#include "wire/descriptor.h"
#include "xai/management/management_keys.h"
#include "xai/management/result.h"

namespace xai::emulator::routes {

using management::Result;

/// What a handler has at hand: the caller's key has been checked, and the team of the request.
struct Call {
  State& state;
  const wire::Descriptor& operation;
  const management::ManagementKey& caller;  ///< At the inference host nobody's.
  management::Timestamp now;
  std::string_view cluster{};  ///< Of the inference host; empty for the one that stands for all.
  std::optional<PageFault> page_fault{};
};

/// What an operation does, one specialisation each, beside its siblings: for one that is missing
/// the linker says so by name.
template <class Operation>
Result<HttpResponse> answer(Call& call, const Operation& operation);

/// A success with that JSON.
HttpResponse reply(std::string body);
/// A success with that answer of the call's operation, written as the emulator was told to.
HttpResponse reply(const Call& call, const void* response);
template <class Operation>
HttpResponse reply(const Call& call, const Operation&,
                   const typename Operation::Response& response) {
  return reply(call, static_cast<const void*>(&response));
}

/// Whether the caller may act for that team.
bool reaches(const management::ManagementKey& caller, std::string_view team_id);

/// Whether the team may not go on: it was told so, or its seed lets its books tell.
Result<bool> is_out_of_credit(State& state, const Team& team);

/// Whether `cluster` of the key's team has heard by now of what happened to it at `since`;
/// empty is all clusters.
bool is_known_in(const State& state, const StoredApiKey& stored, management::Timestamp since,
                 std::string_view cluster);

/// The answer to a request for inference, which is refused one way or the other.
HttpResponse inference(State& state, const management::Secret& api_key, std::string_view cluster);

/// The body of a request to what is below `/_emulator/`; an empty one is an empty object, as
/// everywhere. Errors: invalid_argument.
Result<json::Document> read_control_body(const HttpRequest& request);

/// POST /_emulator/state.
Result<std::string> set_state(State& state, const HttpRequest& request);

/// GET /_emulator/secrets: every secret that is or was some key's, without showing it.
Result<std::string> list_secrets(State& state, const HttpRequest& request);

/// The answer to a method that nothing below `/_emulator/` has.
HttpResponse refuse_control_method(std::string_view path);

/// Everything below `/_emulator/` but the clusters.
HttpResponse control(State& state, const HttpRequest& request, std::string_view path);

}  // namespace xai::emulator::routes
