#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/clock.h"
#include "emulator/error_style.h"
#include "emulator/faults.h"
#include "emulator/identifiers.h"
#include "emulator/options.h"
#include "emulator/rate_limit.h"
#include "emulator/store.h"
#include "xai/management/transport.h"

namespace xai::emulator {

using management::HttpRequest;
using management::HttpResponse;

/// A refusal for requests that name another host, or that a web page sent.
std::optional<HttpResponse> refuse_strangers(const HttpRequest& request);

/// What became of the requests for one operation.
struct OperationCount {
  std::int64_t requests{};
  std::int64_t refused{};    ///< By the service or a fault, before anything was changed.
  std::int64_t committed{};  ///< Whatever was answered then.
};

/// How often a secret was shown to GET /v1/api-key.
struct SecretUse {
  std::int64_t accepted{};
  std::int64_t refused{};
};

/// All that an answer can depend on, beside the request.
struct State {
  bool check_acls{};
  std::chrono::seconds propagation{};
  std::chrono::seconds list_lag{};
  std::chrono::seconds date_offset{};
  ErrorStyle error_style{};
  int unknown_key_status{};  ///< Of the inference host, to a key it does not know: 400 or 401.
  bool nulls{};              ///< Unset messages are written as null, not left out.
  std::chrono::seconds ledger_lag{};
  bool key_tails{};  ///< Usage labels a key by its name and redacted secret.
  std::size_t usage_series_max{};
  std::optional<RateLimit> rate_limit{};  ///< Of each management key.
  CallTimes call_times{};
  std::unique_ptr<Store> store;
  Clock clock;
  Identifiers identifiers;
  FaultScript faults{};
  std::map<std::string, SecretUse, std::less<>> secret_uses{};  ///< By the secret's SHA-256.
  std::map<std::string_view, OperationCount> operations{};      ///< By the contract's names.
};

/// What to do with one request.
struct Reply {
  HttpResponse response{};
  std::chrono::milliseconds delay{};    ///< To be waited for before the answer.
  std::optional<std::size_t> cut_at{};  ///< Bytes of it that go out; the connection ends then.
  bool reset{};                         ///< It ends by a reset, not orderly.
  int bytes_per_second{};               ///< The pace at which they go out; 0 is all at once.
};

/// A local Management API. One request after the other; threads may share it.
class Emulator {
 public:
  /// Errors: internal for a database that cannot be used; invalid_argument for options that do
  /// not fit each other.
  static management::Result<std::unique_ptr<Emulator>> open(Options options);

  /// Answers one request. `Host` and `Origin` are looked at where `request.headers` has them,
  /// the management or API key is `request.credential`.
  Reply handle(const HttpRequest& request);

  /// Refuses a request by a method that no operation has, which `request` cannot tell.
  HttpResponse refuse_method(const HttpRequest& request);

  /// The same in two steps, for a server that lets time pass between them.
  struct Admission {
    std::string_view operation{};
    std::optional<HttpResponse> refusal{};  ///< Already decided: nothing to perform.
    std::optional<Fault> fault{};
    std::chrono::milliseconds delay{};  ///< To be waited for before `perform`.
    bool keep_alive{true};  ///< Whether the connection is to stay open; to be set by the server.
  };
  Admission admit(const HttpRequest& request);
  Reply perform(const HttpRequest& request, const Admission& admission);

  /// This emulator as the service behind a Client, without a socket. A request to
  /// `https://REGION.api.x.ai` goes to that cluster. Nothing waits: a delay beyond the
  /// request's timeout, and an answer that is cut, are errors like those a caller would see.
  management::Transport transport();

  /// A key with all rights, and its team: what the program shows at its start.
  [[nodiscard]] management::Secret management_key() const;
  [[nodiscard]] std::string team_id() const;
  /// Whether the state was empty, so that a seed was planted.
  [[nodiscard]] bool is_new() const { return is_new_; }

 private:
  explicit Emulator(State state) : state_{std::move(state)} {}

  mutable std::mutex mutex_{};
  State state_;
  StoredManagementKey shown_key_{};
  bool is_new_{};
};

}  // namespace xai::emulator
