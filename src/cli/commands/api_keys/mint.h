#pragma once

#include <functional>
#include <string>

#include "cli/commands/api_keys/readiness.h"
#include "cli/pending.h"
#include "cli/sinks.h"
#include "client/answer.h"
#include "xai/management/api_keys.h"

namespace xai::cli {

/// What create, rotate and recover share: where the secret goes and what is waited for first.
struct MintInput {
  SinkInput sink{};
  WaitInput wait{};
  bool verify{};
};
void declare_mint_options(Options& options, MintInput& input);

using Minted = management::Result<client::Answer<management::ApiKey>>;

/// One operation that mints a secret.
struct Minting {
  Pending pending{};             ///< Command, and of the key what is known beforehand.
  std::function<Minted()> send;  ///< The request itself, sent at most once.
  std::string verb{};            ///< `created`, `rotated`, for messages.
  /// Words for people once the answer is there, such as when the old secret dies; may be empty.
  std::function<void(const client::Answer<management::ApiKey>&)> report{};
};

/// Opens the sink, writes the record, sends, keeps the secret in the record, waits if asked,
/// delivers, and only then removes the record.
Status mint(Session& session, const MintInput& input, Minting minting);

/// The same with a record that is there already: `recover --rotate`.
Status mint(Session& session, const MintInput& input, Minting minting, SecretSink sink,
            PendingRecord record);

/// Delivers the secret that a record holds, and removes the record.
Status deliver_pending(Session& session, const SinkInput& input, PendingRecord record);

}  // namespace xai::cli
