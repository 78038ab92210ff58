#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "client/pipeline.h"
#include "xai/management/account.h"
#include "xai/management/call_options.h"
#include "xai/management/event.h"

namespace xai::workflows {

/// One run of a workflow: its account, its options, and a time limit that begins with it.
class Call {
 public:
  explicit Call(const management::Account& account, management::CallOptions options = {})
      : account_{&account},
        options_{std::move(options)},
        own_deadline_{client::own_deadline_of(account.client, options_)} {}

  [[nodiscard]] const management::Account& account() const { return *account_; }
  [[nodiscard]] const management::Client& client() const { return account_->client; }

  /// What is left of the limit; without one, the client's limit on one operation, beginning now.
  [[nodiscard]] client::Deadline deadline() const;
  /// The limit of the call itself.
  [[nodiscard]] const std::optional<client::Deadline>& own_deadline() const {
    return own_deadline_;
  }
  /// The same call for a look at what became of a write, or for another one: it ends after `limit`
  /// at the latest.
  [[nodiscard]] Call for_look(std::chrono::milliseconds limit = std::chrono::minutes{2}) const;
  /// The cluster of the client's options; empty for `auto`.
  [[nodiscard]] std::string region() const;
  [[nodiscard]] bool is_cancelled() const;
  /// For client::CallScope.
  [[nodiscard]] const management::CallOptions& options() const { return options_; }
  void tell(const management::Event& event) const;

  [[nodiscard]] management::Timestamp now() const;
  /// By the service's clock, to the second, once an answer has told it; else by ours.
  [[nodiscard]] management::Timestamp service_now() const;
  /// The same; none until an answer has told it.
  [[nodiscard]] std::optional<management::Timestamp> known_service_now() const;

  /// Sleeps, unless and until the call is cancelled.
  void pause(std::chrono::milliseconds span) const;

 private:
  const management::Account* account_;
  management::CallOptions options_;
  std::optional<client::Deadline> own_deadline_;
};

}  // namespace xai::workflows
