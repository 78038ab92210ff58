#include "http/cancellation.h"

#include <utility>

#include "base/not_sent.h"

namespace xai::http {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Transport;

Transport with_cancellation(Transport next, std::function<bool()> is_cancelled) {
  if (!is_cancelled) return next;
  return [next = std::move(next), is_cancelled = std::move(is_cancelled)](
             const HttpRequest& request) -> Result<HttpResponse> {
    if (is_cancelled()) return std::unexpected(cancelled());
    return next(request);
  };
}

management::Error cancelled() {
  return base::not_sent(management::ErrorKind::cancelled,
                        "interrupted before the request was sent");
}

}  // namespace xai::http
