#pragma once

#include <string>

#include "cli/commands/api_keys/mint.h"
#include "cli/options.h"
#include "cli/session.h"
#include "xai/management/api_keys.h"

namespace xai::cli {

/// How a key's secret is replaced.
struct Rotation {
  std::string overlap{};  ///< As typed; empty leaves it to the service.
  std::string expires{};
  bool ends_overlap{};  ///< Rotates although the secret before the last one still works.
};
void declare_rotation(Options& options, Rotation& rotation);

/// The request that rotates this key. An overlap is reckoned by the service's clock.
/// Errors: usage.
management::Result<management::RotateApiKey> request_of(Session& session, const Rotation& rotation,
                                                        std::string api_key_id);

/// How messages speak of it, for a key of that name, which may be empty.
MintWords words_of(Session& session, const management::RotateApiKey& request,
                   const std::string& key_name);

}  // namespace xai::cli
