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

/// How much of the answer a caller has when it ends, breaks off, or is waited for no longer.
struct Received {
  std::size_t bytes{};
  bool is_late{};  ///< The caller gave up.
};

Received receive(const Reply& reply, std::size_t whole_bytes, std::chrono::milliseconds timeout) {
  const std::size_t bytes = std::min(whole_bytes, reply.cut_at.value_or(whole_bytes));
  if (timeout.count() <= 0) return {.bytes = bytes};
  if (reply.delay >= timeout) return {.is_late = true};
  if (reply.bytes_per_second == 0) return {.bytes = bytes};
  const std::size_t in_time = static_cast<std::size_t>((timeout - reply.delay).count()) *
                              static_cast<std::size_t>(reply.bytes_per_second) / 1000;
  return {.bytes = std::min(bytes, in_time), .is_late = in_time < bytes};
}

/// The answer, or the error of a caller that did not see all of it.
Result<HttpResponse> hand_over(Reply reply, const HttpRequest& request) {
  HttpResponse& answer = reply.response;
  const bool is_plain = !reply.cut_at && reply.bytes_per_second == 0 && reply.delay.count() == 0;
  if (is_plain) return std::move(answer);
  const std::size_t head_bytes = head_text(answer, true).size();
  const std::size_t whole_bytes = head_bytes + answer.body.size();
  const Received received = receive(reply, whole_bytes, request.timeout);
  if (received.bytes == whole_bytes) return std::move(answer);
  std::string_view message = received.is_late ? "no answer came in time" : "the connection was cut";
  if (received.bytes >= head_bytes) {
    // The part of an answer that came: its status, its headers and the beginning of its body.
    answer.body.resize(received.bytes - head_bytes);
    if (request.salvage) request.salvage(answer);
    message = received.is_late ? "the answer did not end in time" : "the answer broke off";
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
    return hand_over(handle(here), request);
  };
}

}  // namespace xai::emulator
