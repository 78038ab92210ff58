#pragma once

#include <functional>
#include <string>

#include "xai/management/options.h"
#include "xai/management/transport.h"

namespace xai::http {

struct CurlOptions {
  std::string ca_file{};  ///< PEM; empty is the system's trust store.
  std::string user_agent{"xai_management"};
  management::Deadlines deadlines{};
  std::function<bool()> is_cancelled{};  ///< As in ClientOptions; may be empty.
};

/// Sends each request once over HTTP/1.1, by libcurl, which is loaded at the first one. Threads
/// may share it: each call has a handle of its own, kept with its connection for the next call.
management::Transport curl_transport(CurlOptions options);

}  // namespace xai::http
