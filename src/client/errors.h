#pragma once

#include <string>
#include <string_view>

#include "client/secrets.h"
#include "wire/table.h"
#include "xai/management/error.h"
#include "xai/management/timestamp.h"
#include "xai/management/transport.h"

namespace xai::client {

/// What an answer other than 2xx is judged by, beside itself.
struct Circumstances {
  management::RetryClass retry{};
  wire::Host host{};
  std::string_view acl{};    ///< The right the operation needs; may be empty.
  const Secrets* secrets{};  ///< Struck out where the service repeats one; may be null.
  management::Timestamp now{};
};

/// The one place where a status and a body become an Error. The status decides what kind it is.
/// What became of a write is known only where the service itself refused it (`is_own_refusal`).
management::Error error_of(const management::HttpResponse& response,
                           const Circumstances& circumstances);

/// `error` as that of a 2xx answer which makes no sense: a write may well have been made. What may
/// repeat of the answer goes without the `secrets`.
management::Error malformed_answer(management::Error error, management::RetryClass retry,
                                   int status, std::string request_id,
                                   const Secrets* secrets = nullptr);

/// The service's own id of the request, without the secrets; empty when it sent none.
std::string request_id_of(const management::HttpResponse& response, const Secrets* secrets);

}  // namespace xai::client
