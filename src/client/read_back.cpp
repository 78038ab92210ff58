#include "client/read_back.h"

#include <string>

#include "base/try.h"
#include "client/pages.h"

namespace xai::client {

using management::ApiKey;
using management::DeleteApiKey;
using management::DeleteApiKeyResponse;
using management::ErrorKind;
using management::ListApiKeys;

ReadBack<DeleteApiKeyResponse> read_back(const management::Client& client,
                                         const DeleteApiKey& operation,
                                         const management::Error& error, const Deadline& deadline) {
  // A second delete that finds nothing proves the first one, even while the list lags behind.
  bool is_there = error.kind != ErrorKind::not_found;
  if (is_there) {
    is_there = false;
    PageWalk<ListApiKeys> pages{client, ListApiKeys{}, deadline};
    while (auto page = pages.next()) {
      const auto answer = TRY(std::move(*page));
      is_there = is_there || std::ranges::any_of(answer.value.api_keys, [&](const ApiKey& key) {
                   return key.api_key_id == operation.api_key_id;
                 });
      if (is_there) break;
    }
  }
  if (is_there) return std::nullopt;
  return Answer<DeleteApiKeyResponse>{.document = TRY(json::Document::parse("{}"))};
}

}  // namespace xai::client
