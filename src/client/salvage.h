#pragma once

#include <optional>
#include <string>

#include "client/answer.h"
#include "xai/management/api_keys.h"
#include "xai/management/transport.h"

namespace xai::client {

/// Whether the answer to the operation holds a secret that can be had only once.
template <class Operation>
inline constexpr bool mints_secret = false;
template <>
inline constexpr bool mints_secret<management::CreateApiKey> = true;
template <>
inline constexpr bool mints_secret<management::RotateApiKey> = true;

/// The key whose secret had come whole when the answer broke off; its other members may be
/// missing. None when the secret is not whole, or the answer no success.
std::optional<Answer<management::ApiKey>> salvaged(const management::HttpResponse& broken_off);

}  // namespace xai::client
