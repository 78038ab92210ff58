#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/session.h"
#include "workflows/readiness.h"
#include "workflows/record.h"

namespace xai::cli {

/// How long a wait lasts when nothing is said.
inline constexpr std::chrono::seconds default_wait{120};

/// Whether and how long a command waits until a key is known everywhere.
struct WaitInput {
  std::string wait{};  ///< A span as typed; empty is no wait.
};
/// What is no span is refused before the command begins.
void declare_wait(Options& options, WaitInput& input);

/// Errors: usage.
management::Result<std::optional<std::chrono::seconds>> wait_of(const WaitInput& input);

/// That the key can be waited for where the command is about: what turns out only behind a minting
/// comes too late. Errors: unknown_region; what else cannot be looked up is none.
management::Result<void> check_region(Session& session,
                                      const std::optional<std::chrono::seconds>& wait,
                                      const std::string& api_key_id);

/// That a secret can be tried at all: what turns out only behind a minting comes too late.
/// Errors: usage for a bad base URL of the inference hosts.
management::Result<void> check_inference_host(const Session& session);

/// Waits until the clusters know the key of the record and, if asked, its secret works; says what
/// came of it. The secret is safe all the while; what goes wrong only means that it is not proven.
ExitCode wait_until_known(Session& session, const workflows::Record& record,
                          std::chrono::seconds span, bool verifies);

/// The clusters that still do not know a key, for a message.
std::string lagging_in(const management::Readiness& readiness);

[[nodiscard]] constexpr bool is_live(const management::SecretVerdict& verdict) {
  return verdict.state == management::SecretState::live;
}
/// `live`, `blocked by xAI`, `not known (HTTP 400)`.
std::string words_of(const management::SecretVerdict& verdict);

}  // namespace xai::cli
