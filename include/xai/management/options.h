#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "xai/management/result.h"
#include "xai/management/secret.h"
#include "xai/management/transport.h"

namespace xai::management {

/// How long to wait before giving up. Zero means no limit.
struct Deadlines {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds first_byte_of_read{30'000};
  std::chrono::milliseconds first_byte_of_write{90'000};  ///< Giving up early makes unknowns.
  std::chrono::milliseconds stall{15'000};  ///< An answer that stands still so long has ended.
  std::chrono::milliseconds operation{};    ///< All attempts of one `send` together.
};

/// How often and how fast to try again; whether to is a matter of the operation.
struct RetryPolicy {
  int attempts_max{3};
  std::chrono::milliseconds backoff_base{500};
  std::chrono::milliseconds backoff_max{20'000};
  std::chrono::milliseconds retry_after_max{60'000};  ///< A longer `Retry-After` is an error.
};

/// Everything a Client needs to know. The defaults reach the real service.
struct ClientOptions {
  Secret management_key{};
  std::string team_id{};       ///< Empty: asked of the management key when first needed.
  std::string region{"auto"};  ///< The cluster that inference calls go to; `auto` lets xAI route.
  std::string base_url{"https://management-api.x.ai"};
  std::string inference_base_url{};  ///< May hold `{region}`. Empty: `https://REGION.api.x.ai`.
  std::string ca_file{};             ///< PEM; empty is the system's trust store.
  std::string user_agent{"xai_management"};
  bool is_read_only{};  ///< What could change anything is refused before it is sent.
  Deadlines deadlines{};
  RetryPolicy retry{};
  /// One line for each Attempt (see CallOptions::tell) of all calls; no secrets.
  std::function<void(std::string_view)> log{};
  /// Requests and answers in full, lines that end in a line break; secrets as `***`.
  std::function<void(std::string_view)> trace{};
  /// Asked before each attempt and while one waits; true ends the operation with `cancelled`. A
  /// write that has left this machine is waited for all the same.
  std::function<bool()> is_cancelled{};
  Transport transport{};  ///< Empty: libcurl.

  /// Reads `XAI_MANAGEMENT_KEY` (else `XAI_MANAGEMENT_API_KEY`), `XAI_TEAM_ID`,
  /// `XAI_API_REGION`, `XAI_MANAGEMENT_BASE_URL` and `XAI_INFERENCE_BASE_URL`. Blanks around a key
  /// do not count. Errors: unauthenticated when neither key variable is set; invalid_argument for a
  /// key with characters that no key has.
  static Result<ClientOptions> from_environment();
};

/// Where inference calls of `region` go: `https://api.x.ai` for `auto`, `api` or empty,
/// else `https://REGION.api.x.ai`; or `inference_base_url` with `{region}` filled in.
std::string inference_url(std::string_view inference_base_url, std::string_view region);

}  // namespace xai::management
