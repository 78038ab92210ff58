#pragma once

#include <array>
#include <functional>
#include <string_view>

#include "base/clock.h"
#include "xai/management/transport.h"

namespace xai::http {

/// The headers of an answer that are shown; no other may be, whatever it holds.
inline constexpr std::array<std::string_view, 5> logged_headers{
    "x-request-id", "request-id", "content-type", "retry-after", "date"};

/// Sends a request whose answer is to be told of: its body comes whole, and no reader takes a part.
management::Result<management::HttpResponse> send_for_whole(const management::Transport& next,
                                                            const management::HttpRequest& request);

/// Tells `log` one line per attempt: method, path without query, and what came of it. Of headers
/// it shows a fixed few; the credential and the bodies it never looks at.
management::Transport with_log(management::Transport next,
                               std::function<void(std::string_view)> log, base::Clock clock);

}  // namespace xai::http
