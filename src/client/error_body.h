#pragma once

#include <string>
#include <string_view>

#include "json/value.h"
#include "xai/management/transport.h"

namespace xai::client {

/// What the body of an error says; both are empty when it says nothing.
struct ErrorBody {
  std::string message{};
  std::string code{};  ///< A number, a name or a sentence, as it came.
};

/// Reads the shapes of JSON that errors come in, and plain text; nothing of any other page.
ErrorBody read_error_body(const management::HttpResponse& response);
ErrorBody read_error_body(json::Value body);

/// Whether the service itself says no: an error of its own form, whose code agrees with the status
/// as the RPC gateway maps them. A proxy that answers in its stead does not know these.
bool is_own_refusal(int status, std::string_view code);

}  // namespace xai::client
