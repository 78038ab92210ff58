#include "client/pipeline.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/not_sent.h"
#include "base/try.h"
#include "client/errors.h"
#include "client/printable.h"
#include "client/settings.h"
#include "http/endpoint.h"
#include "wire/http_binding.h"

namespace xai::client {

using management::Error;
using management::ErrorKind;
using management::HttpRequest;
using management::HttpResponse;
using management::Outcome;
using management::Result;
using std::chrono::milliseconds;

Deadline::Deadline(const base::Clock& clock, milliseconds limit)
    : clock_{&clock}, limit_{limit}, start_{clock()} {}

Result<milliseconds> Deadline::left() const {
  if (limit_.count() == 0) return milliseconds::zero();
  const auto spent = std::chrono::duration_cast<milliseconds>((*clock_)() - start_);
  // A clock that was set back must not lengthen the limit.
  const milliseconds left = std::min(limit_, limit_ - spent);
  if (left.count() > 0) return left;
  return std::unexpected(Error{.kind = ErrorKind::deadline_exceeded,
                               .outcome = Outcome::not_sent,
                               .message = "the time limit was up before the request was sent",
                               .next = "allow more time"});
}

Deadline deadline_of(const management::Client& client) {
  const auto& pipeline = client.pipeline();
  return {pipeline.seams.clock, pipeline.options.deadlines.operation};
}

std::optional<Deadline> own_deadline_of(const management::Client& client,
                                        const management::CallOptions& options) {
  if (options.deadline.count() == 0) return std::nullopt;
  return Deadline{client.pipeline().seams.clock, options.deadline};
}

Deadline deadline_of(const management::Client& client, const management::CallOptions& options) {
  return own_deadline_of(client, options).value_or(deadline_of(client));
}

namespace {

/// An empty or dotted segment would make the path another operation's.
bool has_whole_segments(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment.empty() || segment == "." || segment == "..") return false;
    path.remove_prefix(segment.size());
  }
  return true;
}

}  // namespace

management::Result<std::string> inference_address(const management::ClientOptions& options) {
  TRY(check_region(options.region));
  return TRY(http::parse_endpoint(
                 management::inference_url(options.inference_base_url, options.region),
                 "the inference base URL"))
      .url;
}

namespace {

/// Reads cannot have changed anything, so what became of them is never unknown.
Outcome judged(Outcome outcome, management::RetryClass retry) {
  return outcome == Outcome::unknown && retry == management::RetryClass::freely
             ? Outcome::unanswered
             : outcome;
}

}  // namespace

}  // namespace xai::client

namespace xai::management {

Result<void> Client::Pipeline::address(HttpRequest& request, wire::Host host) const {
  if (!client::has_whole_segments(wire::split_target(request.target).first))
    return base::invalid_argument("an id in the request is empty or consists of dots",
                                  "give the whole id");
  if (host == wire::Host::inference) {
    // Else the management key would go to a host that has no business with it.
    if (request.credential.empty())
      return base::invalid_argument("no API key is given for the inference host",
                                    "give the API key");
    request.base_url = TRY(client::inference_address(options));
    return {};
  }
  request.base_url = TRY(http::parse_endpoint(options.base_url)).url;
  return {};
}

Result<HttpResponse> Client::Pipeline::send(const HttpRequest& request,
                                            const client::Context& context) const {
  try {
    auto response = transport(request);
    if (!response) {
      response.error().outcome = client::judged(response.error().outcome, request.retry);
      return response;
    }
    if (response->is_success()) return response;
    return std::unexpected(client::error_of(*response, {.retry = request.retry,
                                                        .host = context.host,
                                                        .acl = context.acl,
                                                        .secrets = secrets.get(),
                                                        .now = seams.clock()}));
  } catch (const std::exception& exception) {
    // Only a transport or a log function of the caller's own can throw.
    return std::unexpected(
        Error{.kind = ErrorKind::internal,
              .outcome = client::judged(Outcome::unknown, request.retry),
              .message = "the transport threw: " + client::shown(exception.what(), secrets.get())});
  }
}

}  // namespace xai::management
