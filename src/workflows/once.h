#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "base/try.h"
#include "client/answer.h"
#include "wire/descriptor.h"
#include "workflows/once_engine.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

// What Once is told of an operation and its answer. One that is not about keys brings functions of
// these names in its own namespace.
Subject subject_of(const management::CreateApiKey& operation);
Subject subject_of(const management::RotateApiKey& operation);
Learnt learnt_from(const management::ApiKey& key);

/// An answer that broke off behind its secret: the rest is looked up.
void complete(const Call& call, OnceEngine& engine, client::Answer<management::ApiKey>& answer);

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
    return Once{std::move(operation),
                TRY(OnceEngine::begin(call, Operation::id, std::move(known), std::move(sink)))};
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
    TRY(engine_.send(call, wire::descriptor_of<Operation>(), &operation_,
                     client::Target::of(answer_)));
    engine_.note(call, learnt_from(answer_.value));
    if constexpr (std::is_same_v<Response, management::ApiKey>)
      if (answer_.is_cut) complete(call, engine_, answer_);
    return {};
  }

  [[nodiscard]] client::Answer<Response>& answer() { return answer_; }
  [[nodiscard]] OnceEngine& engine() { return engine_; }

 private:
  Once(Operation operation, OnceEngine engine)
      : operation_{std::move(operation)}, engine_{std::move(engine)} {}

  Operation operation_;
  OnceEngine engine_;
  client::Answer<Response> answer_{};
};

}  // namespace xai::workflows
