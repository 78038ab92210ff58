#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "client/seams.h"
#include "client/secrets.h"
#include "client/service_clock.h"
#include "wire/table.h"
#include "xai/management/call_options.h"
#include "xai/management/client.h"

namespace xai::client {

/// What is left of the caller's limit on one `send`, which may take several requests.
class Deadline {
 public:
  Deadline(const base::Clock& clock, std::chrono::milliseconds limit);

  /// For HttpRequest::timeout. Errors: deadline_exceeded, not sent, when nothing is left.
  [[nodiscard]] management::Result<std::chrono::milliseconds> left() const;

 private:
  const base::Clock* clock_;
  std::chrono::milliseconds limit_;
  management::Timestamp start_;
};

/// The limit of the client's options, beginning now.
Deadline deadline_of(const management::Client& client);
/// The limit of a call, which begins now; none where its options set none.
std::optional<Deadline> own_deadline_of(const management::Client& client,
                                        const management::CallOptions& options);
/// The limit of a call, else that of the client's options.
Deadline deadline_of(const management::Client& client, const management::CallOptions& options);

/// Where keys of the region are used. Errors: invalid_argument, not sent, for a bad base URL of the
/// inference hosts, and a region that none can be.
management::Result<std::string> inference_address(const management::ClientOptions& options);

/// What the answers to a request are judged by.
struct Context {
  wire::Host host{};
  std::string_view acl{};  ///< The right the operation needs, for the message of a 403.
};

}  // namespace xai::client

namespace xai::management {

struct Client::Pipeline {
  Pipeline(ClientOptions given, client::Seams seams_given);
  static Client client_with(ClientOptions options, client::Seams seams);

  /// Gives the request its host. Errors: invalid_argument, not sent, for a bad base URL, region,
  /// path or missing credential.
  [[nodiscard]] Result<void> address(HttpRequest& request, wire::Host host) const;

  /// Sends an addressed request; any answer but a 2xx becomes an Error.
  [[nodiscard]] Result<HttpResponse> send(const HttpRequest& request,
                                          const client::Context& context) const;

  ClientOptions options;
  client::Seams seams;
  client::ServiceClock service_clock;
  std::shared_ptr<client::Secrets> secrets;  ///< What no error, log or trace may repeat.
  Transport transport;
  mutable std::mutex team_mutex{};
  mutable std::string team_of_key{};  ///< Once asked; guarded by `team_mutex`.
};

}  // namespace xai::management
