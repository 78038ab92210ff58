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
/// loses the secret. Events: Warning. May be run again only after a look at what is unfinished.
/// Errors: those of CreateApiKey; secret_undelivered; local_trouble and no_place_for_record, when
/// nothing was sent. Source: Management API, Accounts and Authorization.
Result<ApiKey> create_api_key(const Account& account, const CreateApiKey& operation,
                              std::optional<Sink> sink = {}, const CallOptions& options = {});

/// The same for RotateApiKey: what may be lost is the key's new secret.
/// Errors: those of RotateApiKey; secret_undelivered; local_trouble and no_place_for_record, when
/// nothing was sent. Source: Management API, Accounts and Authorization.
Result<ApiKey> rotate_api_key(const Account& account, const RotateApiKey& operation,
                              std::optional<Sink> sink = {}, const CallOptions& options = {});

}  // namespace xai::management
