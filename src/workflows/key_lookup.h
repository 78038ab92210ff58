#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/arena.h"
#include "json/value.h"
#include "workflows/call.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

/// A key and the document it came in, which may hold members we do not know.
struct FoundKey {
  management::ApiKey key{};
  std::string json{};  ///< Canonical names and types, unknown members verbatim, no secret.
};

/// `management::find_key` with the document.
management::Result<FoundKey> find_key(const Call& call, std::string_view id_or_name);

/// The ids of the keys that have that name, as far as three pages of the list tell; none where the
/// service does not show it. Errors: those of a request that could not be sent.
management::Result<std::vector<std::string>> keys_named(const Call& call, std::string_view name);

/// The document of a key without its secret, which belongs only where it was minted.
json::Value without_secret(json::Value key, json::Arena& arena);

}  // namespace xai::workflows
