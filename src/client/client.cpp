#include "xai/management/client.h"

#include <memory>
#include <utility>

#include "base/try.h"
#include "client/call_scope.h"
#include "client/pages.h"
#include "client/pipeline.h"
#include "client/trace.h"
#include "http/auth.h"
#include "http/cancellation.h"
#include "http/curl_transport.h"
#include "http/logging.h"
#include "http/retry.h"

namespace xai::management {
namespace {

/// Copies of what this returns share one pipeline.
std::function<const Client::Pipeline&()> shared_pipeline(ClientOptions options,
                                                         client::Seams seams) {
  return [pipeline = std::make_shared<const Client::Pipeline>(
              std::move(options), std::move(seams))]() -> const Client::Pipeline& {
    return *pipeline;
  };
}

}  // namespace

Client::Client(ClientOptions options)
    : pipeline_{shared_pipeline(std::move(options), client::Seams{})} {}

// Read upwards, this is the way of a request: retry, log, trace, clock, auth, curl.
Client::Pipeline::Pipeline(ClientOptions given, client::Seams seams_given)
    : options{std::move(given)},
      seams{std::move(seams_given)},
      service_clock{seams.clock},
      secrets{std::make_shared<client::Secrets>(options.management_key)} {
  const auto is_cancelled = client::with_call(options.is_cancelled);
  seams.sleep = client::until_cancelled(std::move(seams.sleep), is_cancelled);
  transport = options.transport ? options.transport
                                : http::curl_transport({.ca_file = options.ca_file,
                                                        .user_agent = options.user_agent,
                                                        .deadlines = options.deadlines,
                                                        .is_cancelled = is_cancelled});
  transport = http::with_cancellation(std::move(transport), is_cancelled);
  transport = http::with_credential(std::move(transport), options.management_key);
  transport = client::with_service_clock(std::move(transport), service_clock);
  transport =
      client::with_noted_secrets(std::move(transport), secrets, options.trace || options.log);
  if (options.trace)
    transport = client::with_trace(std::move(transport), options.trace, secrets, seams.clock);
  transport = http::with_attempts(std::move(transport), client::attempt_taker(options.log, secrets),
                                  seams.clock);
  transport =
      http::with_retry(std::move(transport), options.retry, seams.clock, seams.sleep, seams.random);
}

Result<void> Client::exchange(std::string_view id, const void* operation, void* answer,
                              const CallOptions& options) const {
  const client::CallScope scope{options};
  client::AnswerDocument document;
  return client::exchange(*this, wire::descriptor_of(id), operation, {&document, answer},
                          client::deadline_of(*this, options));
}

Client::TurnPage Client::page_turner(std::string_view id, CallOptions options) const {
  client::PageTurner turner{*this, wire::descriptor_of(id), client::Lists::read,
                            client::own_deadline_of(*this, options)};
  return [turner = std::move(turner), options = std::move(options)](
             void* operation, void* answer) mutable -> Result<bool> {
    const client::CallScope scope{options};
    client::AnswerDocument document;
    TRY(turner.turn(operation, {&document, answer}));
    return turner.is_finished();
  };
}

Client Client::Pipeline::client_with(ClientOptions options, client::Seams seams) {
  Client client{ClientOptions{}};
  client.pipeline_ = shared_pipeline(std::move(options), std::move(seams));
  return client;
}

}  // namespace xai::management

namespace xai::client {

management::Client make_client(management::ClientOptions options, Seams seams) {
  return management::Client::Pipeline::client_with(std::move(options), std::move(seams));
}

}  // namespace xai::client
