#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/account.h"
#include "xai/management/api_keys.h"
#include "xai/management/call_options.h"
#include "xai/management/secret.h"

namespace xai::management {

/// Which inference clusters know a key. A change takes a while to reach all of them.
struct Readiness {
  ApiKeyPropagation propagation{};     ///< Of the clusters that were asked about.
  std::vector<std::string> lagging{};  ///< The hosts of those that do not know it yet.

  /// Every cluster knows it, and there is at least one.
  [[nodiscard]] bool is_complete() const { return propagation.complete(); }
};

/// Asks once which clusters know the key: those of the client's region, for `auto` all.
/// Errors: failed_precondition, reason unknown_region, when the key has no cluster there; those of
/// CheckApiKeyPropagation. Source: Management API, Accounts and Authorization.
Result<Readiness> check_readiness(const Account& account, const std::string& api_key_id,
                                  const CallOptions& options = {});

/// Asks again after 1, 2, 4 and then every 8 seconds, until every cluster knows the key, `span` is
/// over or the call is cancelled; the last answer. Where none comes, or 408, 429 or 5xx, that is
/// waited out too, and is the error if it is the last. Events: ClustersAsked.
Result<Readiness> wait_until_ready(const Account& account, const std::string& api_key_id,
                                   std::chrono::seconds span = std::chrono::seconds{120},
                                   const CallOptions& options = {});

/// What the inference host makes of a secret.
enum class SecretState : std::uint8_t {
  live,
  not_known,     ///< Not yet, or no longer: a new secret takes a while to reach a cluster.
  refused,       ///< It may not be used, and waiting does not mend that.
  other_key,     ///< It belongs to another key than was asked about.
  team_blocked,  ///< By xAI.
  key_blocked,   ///< By xAI.
  disabled,      ///< By a user.
};

/// The enumerator's name, as it stands in JSON output: `live`, `not_known`.
std::string_view name_of(SecretState state);

struct SecretVerdict {
  SecretState state{SecretState::refused};
  int http_status{};         ///< Of an answer that says no; else 0.
  std::string api_key_id{};  ///< Of the key that the secret belongs to, where that is another one.
};

/// Uses a secret once, at the client's region. An empty id is not compared.
/// Errors: those of GetInferenceApiKeyInfo, but for a key that is not known or refused, which is a
/// verdict; resource_exhausted, reason out_of_credit, says nothing of the secret, and waiting does
/// not mend it.
Result<SecretVerdict> verify_secret(const Account& account, const Secret& secret,
                                    const std::string& api_key_id, const CallOptions& options = {});

/// The same, repeated like `wait_until_ready` for as long as it is not known. Events: SecretTried.
Result<SecretVerdict> wait_until_live(const Account& account, const Secret& secret,
                                      const std::string& api_key_id,
                                      std::chrono::seconds span = std::chrono::seconds{120},
                                      const CallOptions& options = {});

}  // namespace xai::management
