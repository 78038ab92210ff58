#pragma once

#include <optional>

#include "xai/management/account.h"
#include "xai/management/api_keys.h"
#include "xai/management/call_options.h"
#include "xai/management/sink.h"

namespace xai::management {

/// Sends CreateApiKey so that its secret cannot be lost: a record in the account's state folder
/// stands from before the request until `sink` has taken the secret, whatever happens meanwhile;
/// what is left behind is `unfinished`. The key comes back without its secret then. Without a sink
/// the secret is in the key and the record goes as this returns: who ends before storing it has
/// lost it. Without a state folder there is no record, and an answer or a delivery that is lost
/// loses the secret. May be run again: while an earlier create of that name, at this service and
/// for this team, is unfinished, nothing is sent. Where the service shows after five minutes that
/// nothing came of that one, its record is dropped. `again` creates another key although nobody can
/// tell yet, but never where an earlier one was made.
/// Events: Warning, RecordSettled. Errors: those of CreateApiKey; secret_undelivered, also of an
/// earlier create; earlier_unfinished; not_as_asked, once `sink` has the secret; local_trouble and
/// no_place_for_record, when nothing was sent.
/// Source: Management API, Accounts and Authorization.
Result<ApiKey> create_api_key(const Account& account, const CreateApiKey& operation,
                              std::optional<Sink> sink = {}, const CallOptions& options = {},
                              bool again = false);

/// The same for RotateApiKey: what may be lost is the key's new secret. While the old secret of an
/// earlier rotation from this machine still works, another one, which would end it, is sent with
/// `ends_overlap` only, or where the old secret is to stop at once.
/// Errors: those of RotateApiKey; within_overlap; secret_undelivered; not_as_asked; local_trouble
/// and no_place_for_record, when nothing was sent. Source: Management API, Accounts and
/// Authorization.
Result<ApiKey> rotate_api_key(const Account& account, const RotateApiKey& operation,
                              std::optional<Sink> sink = {}, const CallOptions& options = {},
                              bool ends_overlap = false);

}  // namespace xai::management
