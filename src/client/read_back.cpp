#include "client/read_back.h"

#include <string>

#include "base/try.h"
#include "client/pages.h"
#include "json/writer.h"
#include "wire/canonical.h"

namespace xai::client {

using management::ApiKey;
using management::CheckApiKeyPropagation;
using management::DeleteApiKey;
using management::DeleteApiKeyResponse;
using management::ErrorKind;
using management::ListApiKeys;
using management::UpdateApiKey;

namespace {

struct Listed {
  ApiKey key{};
  json::Document document{};  ///< Of the key alone.
};

/// The key as the list has it now.
management::Result<std::optional<Listed>> find_listed(const management::Client& client,
                                                      const std::string& api_key_id,
                                                      const Deadline& deadline) {
  PageWalk<ListApiKeys> pages{client, ListApiKeys{}, deadline};
  while (auto page = pages.next()) {
    auto answer = TRY(std::move(*page));
    auto& keys = answer.value.api_keys;
    const auto found = std::ranges::find(keys, api_key_id, &ApiKey::api_key_id);
    if (found == keys.end()) continue;
    const auto place = static_cast<std::size_t>(found - keys.begin());
    const json::Value list = wire::canonical<management::ListApiKeysResponse>(
        answer.document.root(), answer.document.arena());
    auto document = TRY(json::Document::parse(json::to_text(list.find("apiKeys").items()[place])));
    return Listed{std::move(*found), std::move(document)};
  }
  return std::nullopt;
}

/// Whether the service knows no such key. The list would say less: it may lag behind, and shows
/// a member who is no admin only some keys.
management::Result<bool> is_unknown(const management::Client& client, const std::string& api_key_id,
                                    const Deadline& deadline) {
  const auto propagation =
      exchange(client, CheckApiKeyPropagation{.api_key_id = api_key_id}, deadline);
  if (propagation) return false;
  if (propagation.error().kind == ErrorKind::not_found) return true;
  if (propagation.error().kind != ErrorKind::permission_denied)
    return std::unexpected(propagation.error());
  return !TRY(find_listed(client, api_key_id, deadline)).has_value();
}

/// Whether the key has every value that the change names, and none where the change clears one.
bool has_values(const ApiKey& key, const UpdateApiKey& change) {
  const auto& [name, disabled, expire_time, qps, qpm, tpm, acls] = change.api_key;
  return std::ranges::all_of(change.field_mask.paths, [&](const std::string& path) {
    const auto is = [&](std::string_view wanted) { return wire::is_same_name(wanted, path); };
    if (is("name")) return key.name == name.value_or("");
    if (is("disabled")) return key.disabled == disabled.value_or(false);
    if (is("expireTime")) return key.expire_time == expire_time;
    if (is("qps")) return key.qps == qps;
    if (is("qpm")) return key.qpm == qpm;
    if (is("tpm")) return key.tpm == tpm;
    return is("aclStrings") && key.acls == acls.value_or(std::vector<management::Acl>{});
  });
}

}  // namespace

ReadBack<DeleteApiKeyResponse> read_back(const management::Client& client,
                                         const DeleteApiKey& operation,
                                         const management::Error& error, const Deadline& deadline) {
  // A second delete that finds nothing proves the first one.
  const bool is_gone =
      error.kind == ErrorKind::not_found || TRY(is_unknown(client, operation.api_key_id, deadline));
  if (!is_gone) return std::nullopt;
  return Answer<DeleteApiKeyResponse>{.document = TRY(json::Document::parse("{}"))};
}

ReadBack<ApiKey> read_back(const management::Client& client, const UpdateApiKey& operation,
                           const management::Error&, const Deadline& deadline) {
  auto listed = TRY(find_listed(client, operation.api_key_id, deadline));
  if (!listed || !has_values(listed->key, operation)) return std::nullopt;
  return Answer<ApiKey>{.document = std::move(listed->document), .value = std::move(listed->key)};
}

}  // namespace xai::client
