#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/session.h"
#include "xai/management/api_keys.h"

namespace xai::cli {

/// How long a wait lasts when nothing is said.
inline constexpr std::chrono::seconds default_wait{120};

/// Whether and how long a command waits until a key is known everywhere.
struct WaitInput {
  std::string wait{};  ///< A span as typed; empty is no wait.
};
void declare_wait(Options& options, WaitInput& input);

/// Errors: usage.
management::Result<std::optional<std::chrono::seconds>> wait_of(const WaitInput& input);

/// What the clusters in question say of a key.
struct Readiness {
  management::ApiKeyPropagation propagation{};  ///< Cut to the region asked for, if any.
  std::vector<std::string> lagging{};           ///< Clusters that do not know it yet.

  [[nodiscard]] bool is_complete() const { return propagation.complete(); }
};

/// Asks once. Errors: refused for a region that is not among the clusters.
management::Result<Readiness> check_readiness(Session& session, const std::string& api_key_id);

/// Asks again after 1, 2, 4 and then every 8 seconds until all clusters know the key or `span` is
/// over, with progress on a terminal. A signal ends the wait.
management::Result<Readiness> await_readiness(Session& session, const std::string& api_key_id,
                                              std::chrono::seconds span);

/// What the inference host says of a secret.
struct Verdict {
  bool is_live{};
  bool may_change{};    ///< Refused for now: the cluster may not know the secret yet.
  std::string words{};  ///< `live`, `blocked by xAI`, `disabled`, `the secret of another key` …
};

/// Uses the secret once. Errors: those of the call but for a refusal, which is a verdict.
management::Result<Verdict> verify_secret(Session& session, const management::Secret& secret,
                                          const std::string& api_key_id);

/// The same, asked again like `await_readiness` until the secret is live.
management::Result<Verdict> await_live(Session& session, const management::Secret& secret,
                                       const std::string& api_key_id, std::chrono::seconds span);

}  // namespace xai::cli
