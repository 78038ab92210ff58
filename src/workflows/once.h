#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/try.h"
#include "client/answer.h"
#include "client/call_scope.h"
#include "client/team.h"
#include "wire/descriptor.h"
#include "workflows/earlier_rotations.h"
#include "workflows/once_engine.h"
#include "workflows/overlaps.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

// What Once is told of an operation and its answer. One that is not about keys brings functions of
// these names in its own namespace.
Subject subject_of(const management::CreateApiKey& operation);
Subject subject_of(const management::RotateApiKey& operation);
Learnt learnt_from(const management::ApiKey& key);

/// Where an answer broke off behind its secret, or does not name its key, the rest is looked up.
void complete(const Call& call, OnceEngine& engine, client::Answer<management::ApiKey>& answer);

/// The members that the key of an answer has otherwise than was asked for, as far as the list can
/// tell: what the answer does not show may be there all the same.
std::vector<std::string> confirmed_differences(const Call& call, const OnceEngine& engine,
                                               const wire::Descriptor& descriptor,
                                               const void* operation,
                                               const management::ApiKey& answer);

/// The team that the operation is about, asked of the service if need be. What goes wrong with that
/// is not taken for an outcome of the operation.
template <class Operation>
management::Result<std::string> team_of(const Call& call, const Operation& operation) {
  if constexpr (requires { operation.team_id; }) {
    if (!operation.team_id.empty()) return operation.team_id;
    const client::CallScope scope{call.options()};
    return client::team_id(call.client(), call.deadline());
  } else {
    return call.client().pipeline().options.team_id;
  }
}

/// What must happen once, a mint or a charge, from its record to the end:
/// begin → send → deliver → drop. Wherever it stops, the record on disk says how far it came.
template <class Operation>
class Once {
 public:
  using Response = typename Operation::Response;

  /// Opens the sink and puts the record on disk; nothing is sent. `known` is what the request does
  /// not tell of its subject. Errors: those of the sink; no_place_for_record.
  static management::Result<Once> begin(const Call& call, Operation operation,
                                        std::optional<management::Sink> sink = {},
                                        Subject known = {}) {
    known.merge(subject_of(operation));
    std::string team = TRY(team_of(call, operation));
    return Once{std::move(operation), TRY(OnceEngine::begin(call, Operation::id, std::move(team),
                                                            std::move(known), std::move(sink)))};
  }

  /// Mends with this operation one that was left unfinished.
  static management::Result<Once> mend(const Call& call, TakenRecord taken, Operation operation,
                                       std::optional<management::Sink> sink = {}) {
    OnceEngine engine = TRY(OnceEngine::resume(call, std::move(taken), std::move(sink)));
    TRY(engine.restart(call, subject_of(operation)));
    return Once{std::move(operation), std::move(engine)};
  }

  /// Sends, and writes down what was answered. Sent again only when provably nothing happened;
  /// where the answer was lost, the engine has `found` what there is to see. Errors: as
  /// Client::send.
  management::Result<void> send(const Call& call) {
    std::vector<Record> overtaken;
    if constexpr (std::is_same_v<Operation, management::RotateApiKey>)
      overtaken = overtaken_rotations(call, operation_.api_key_id);
    auto sent = engine_.send(call, wire::descriptor_of<Operation>(), &operation_,
                             client::Target::of(answer_));
    if constexpr (std::is_same_v<Operation, management::RotateApiKey>)
      if (sent || sent.error().outcome == management::Outcome::unknown)
        remember_overlap(call, operation_);
    TRY(sent);
    engine_.note(call, learnt_from(answer_.value));
    settle(call, overtaken);
    if constexpr (std::is_same_v<Response, management::ApiKey>) {
      complete(call, engine_, answer_);
      differences_ = confirmed_differences(call, engine_, wire::descriptor_of<Operation>(),
                                           &operation_, answer_.value);
    }
    return {};
  }

  [[nodiscard]] client::Answer<Response>& answer() { return answer_; }
  [[nodiscard]] OnceEngine& engine() { return engine_; }
  /// The members that came out otherwise than was asked for, once it was sent.
  [[nodiscard]] const std::vector<std::string>& differences() const { return differences_; }

 private:
  Once(Operation operation, OnceEngine engine)
      : operation_{std::move(operation)}, engine_{std::move(engine)} {}

  Operation operation_;
  OnceEngine engine_;
  client::Answer<Response> answer_{};
  std::vector<std::string> differences_{};
};

}  // namespace xai::workflows
