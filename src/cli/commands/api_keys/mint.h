#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/try.h"
#include "cli/commands/api_keys/readiness.h"
#include "cli/sinks.h"
#include "client/answer.h"
#include "workflows/once.h"
#include "xai/management/api_keys.h"

namespace xai::cli {

/// What create, rotate and recover share: where the secret goes and what is waited for first.
struct DeliveryInput {
  SinkInput sink{};
  WaitInput wait{};
  bool verify{};
};
void declare_delivery(Options& options, DeliveryInput& input);

/// How the messages about a minting speak of it.
struct MintWords {
  std::string attempt{};  ///< `create 'x'`
  std::string verb{};     ///< `created`, `rotated`
  /// Words for people once the answer is there, such as when the old secret dies; may be empty.
  std::function<void(const client::Answer<management::ApiKey>&)> report{};
  /// Until when the secret before it works, where there is one.
  std::optional<management::Timestamp> old_secret_end{};
};

/// What must be right before anything is begun: how long to wait, if at all. A dry run needs no
/// place for the record, and only looks where the secret would go.
/// Errors: usage; unauthenticated; local_trouble without a place for the record or the secret.
management::Result<std::optional<std::chrono::seconds>> check_delivery(Session& session,
                                                                       const DeliveryInput& input,
                                                                       bool is_dry_run = false);

/// The error of a workflow, with the command or option that helps.
management::Error advised(management::Error error);

/// An earlier create that stands in the way, and the command that settles it.
management::Error unsettled(const management::Unfinished& earlier, const SinkInput& sink);

/// What failed before there was a secret, and what can be done about it.
management::Error explained(const MintWords& words, const SinkInput& sink,
                            const workflows::OnceEngine& engine, management::Error error);

/// That the key came out otherwise than it was asked for.
management::Error differing(const MintWords& words, const management::ApiKey& key,
                            const std::vector<std::string>& names);

/// Waits if asked, delivers what was minted, and only then drops the record. A new secret that was
/// waited for and is not known to work is kept in its record, where its sink would replace one that
/// still works.
Status finish(Session& session, const DeliveryInput& input,
              std::optional<std::chrono::seconds> wait, const MintWords& words,
              workflows::OnceEngine& engine, client::Answer<management::ApiKey>& answer);

/// One operation from the request to the delivery, once it was begun.
template <class Operation>
Status mint(Session& session, const DeliveryInput& input, std::optional<std::chrono::seconds> wait,
            const MintWords& words, const workflows::Call& call,
            management::Result<workflows::Once<Operation>> begun) {
  if (!begun) return std::unexpected{advised(std::move(begun).error())};
  auto sent = begun->send(call);
  session.messages().progress("");
  if (!sent)
    return std::unexpected{explained(words, input.sink, begun->engine(), std::move(sent).error())};
  session.note_change();
  auto status = finish(session, input, wait, words, begun->engine(), begun->answer());
  if (status && !begun->differences().empty())
    return std::unexpected{differing(words, begun->answer().value, begun->differences())};
  return status;
}

/// Delivers the secret that a record holds, and drops the record.
Status deliver_again(Session& session, const SinkInput& input, workflows::OnceEngine engine);

}  // namespace xai::cli
