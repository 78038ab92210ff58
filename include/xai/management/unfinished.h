#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/account.h"
#include "xai/management/api_keys.h"
#include "xai/management/call_options.h"
#include "xai/management/error.h"
#include "xai/management/sink.h"
#include "xai/management/timestamp.h"

namespace xai::management {

/// What an unfinished operation does when it succeeds.
enum class UnfinishedKind : std::uint8_t { creates_key, rotates_key, other };

/// How an operation that must not happen twice stands.
enum class UnfinishedState : std::uint8_t {
  running,     ///< Somebody on this machine still works on it.
  minted,      ///< Its secret is kept, and was not handed over as far as is known.
  unknown,     ///< Its answer was lost.
  newer,       ///< A later version of this program began it; only the id is known.
  unreadable,  ///< A file among the records that is none; `look_error` says why, `id` is its name.
};

/// The enumerator's name, as it stands in JSON output: `running`, `minted`.
std::string_view name_of(UnfinishedState state);

/// An operation that must not happen twice and has not been settled.
struct Unfinished {
  std::string id{};                              ///< Of its record.
  std::string operation{};                       ///< As the contract names it: `createApiKey`.
  std::map<std::string, std::string> subject{};  ///< `name`, `apiKeyId`, as far as known.
  Timestamp start{};
  UnfinishedKind kind{};
  UnfinishedState state{};
  std::vector<std::string> api_key_ids{};  ///< The keys it may be about.
  bool may_still_appear{};                 ///< So young that a list may not show yet what it made.
  bool is_deleted{};                       ///< The key is gone by now.
  bool is_superseded{};               ///< The key has a newer secret than the one that is kept.
  bool is_open_to_others{};           ///< Other users of this machine may read the record.
  std::optional<Error> look_error{};  ///< Why nobody can tell now which keys.
};

/// Everything that is unfinished on this machine, oldest first, with the keys that the service
/// shows for it. Needs no management key, but then shows fewer.
/// Errors: no_place_for_record; local_trouble where the folder lies behind a link to nowhere.
Result<std::vector<Unfinished>> unfinished(const Account& account, const CallOptions& options = {});

// What settles one of them, by its `id`. Each says not_found when there is none of that id, and
// under_way while somebody works on it; where it does not succeed, the operation stays unfinished.

/// Delivers the secret that is kept. Errors: failed_precondition when none came;
/// secret_undelivered; local_trouble.
Result<void> deliver_unfinished(const Account& account, const std::string& id, const Sink& sink,
                                const CallOptions& options = {});

/// Gives the key a new secret with `operation`, as `rotate_api_key` with `ends_overlap` does; an
/// empty `api_key_id` in it is filled with the one key that may be meant. Errors: ambiguous_name,
/// not_found or elsewhere where that cannot be told; those of `rotate_api_key`.
Result<ApiKey> rotate_unfinished(const Account& account, const std::string& id,
                                 RotateApiKey operation, std::optional<Sink> sink = {},
                                 const CallOptions& options = {});

/// Deletes the key that a create made; an empty `api_key_id` is the one that may be meant.
/// Errors: as `rotate_unfinished`; failed_precondition when it was no create; those of
/// DeleteApiKey.
Result<void> delete_unfinished(const Account& account, const std::string& id,
                               const std::string& api_key_id = {}, const CallOptions& options = {});

/// Drops the record, and a secret in it for good; the service is left as it is.
Result<void> forget_unfinished(const Account& account, const std::string& id);

}  // namespace xai::management
