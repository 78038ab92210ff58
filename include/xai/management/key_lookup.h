#pragma once

#include <string_view>

#include "xai/management/account.h"
#include "xai/management/api_keys.h"
#include "xai/management/call_options.h"

namespace xai::management {

/// The key that `id_or_name` names: a UUID is its id, all else its exact name. Walks the list of
/// keys, a page of 100 at a time: an id ends the walk, a name has to be looked for to the end.
/// Events: PageRead. Errors: not_found, reason key_not_found, with the closest names in `next`;
/// failed_precondition, reason ambiguous_name, when several keys have that name, with their ids in
/// `next`; those of ListApiKeys. Source: Management API, Accounts and Authorization.
Result<ApiKey> find_key(const Account& account, std::string_view id_or_name,
                        const CallOptions& options = {});

}  // namespace xai::management
