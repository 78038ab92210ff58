#pragma once

#include <string>
#include <string_view>

#include "xai/management/result.h"

namespace xai::http {

/// A base URL, taken apart just far enough to judge it.
struct Endpoint {
  std::string url{};        ///< As given, without a `/` at the end.
  std::string authority{};  ///< Host and port as given: what people are shown.
  std::string host{};       ///< Without port and brackets.
  bool secure{};            ///< https.
  bool loopback{};          ///< This machine: no proxy, and plain http is allowed.
};

/// Errors: invalid_argument, not sent, for all but `http(s)://HOST[:PORT][/PREFIX]`, and for plain
/// http to another machine. The message calls the URL by its name, and never repeats it: it may
/// hold a password.
management::Result<Endpoint> parse_endpoint(std::string_view base_url,
                                            const std::string& name = "the base URL");

}  // namespace xai::http
