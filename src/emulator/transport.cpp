#include <algorithm>
#include <utility>

#include "emulator/answer_text.h"
#include "emulator/emulator.h"

// The emulator as a Transport, for clients in this process.
namespace xai::emulator {

using management::Error;
using management::Result;
using management::Transport;

namespace {

/// The path that stands for a base URL: its own, and a cluster for the hosts of the service.
std::string path_prefix(std::string_view base_url) {
  const std::size_t scheme = base_url.find("://");
  if (scheme != std::string_view::npos) base_url.remove_prefix(scheme + 3);
  const std::size_t slash = std::min(base_url.find('/'), base_url.size());
  const std::string_view host = base_url.substr(0, slash);
  constexpr std::string_view suffix = ".api.x.ai";
  std::string prefix;
  if (host.ends_with(suffix))
    prefix = "/_emulator/clusters/" + std::string{host.substr(0, host.size() - suffix.size())};
  return prefix.append(base_url.substr(slash));
}

/// The answer, or the error of a caller that saw it break off or stopped waiting for it.
Result<HttpResponse> receive(Reply reply, std::chrono::milliseconds timeout) {
  const bool is_too_late = timeout.count() > 0 && reply.delay >= timeout;
  if (!reply.cut_at && !is_too_late) return std::move(reply.response);
  HttpResponse& answer = reply.response;
  const std::size_t head_bytes = head_text(answer, true).size();
  const std::size_t received_bytes = is_too_late ? 0 : *reply.cut_at;
  if (received_bytes >= head_bytes + answer.body.size()) return std::move(answer);
  std::string_view message = is_too_late ? "no answer came in time" : "the connection was cut";
  if (received_bytes >= head_bytes) {
    answer.body.resize(received_bytes - head_bytes);
    message = "the answer broke off";
  }
  return std::unexpected(Error{.kind = management::ErrorKind::unavailable,
                               .outcome = management::Outcome::unknown,
                               .message = std::string{message}});
}

}  // namespace

Transport Emulator::transport() {
  return [this](const HttpRequest& request) {
    HttpRequest here = request;
    here.target.insert(0, path_prefix(request.base_url));
    return receive(handle(here), request.timeout);
  };
}

}  // namespace xai::emulator
