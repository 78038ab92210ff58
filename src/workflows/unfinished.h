#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "workflows/call.h"
#include "workflows/record.h"
#include "xai/management/unfinished.h"

namespace xai::workflows {

management::UnfinishedKind kind_of(const Record& record);

/// How long the service may take to show what was done, or to do it: who forgot a record by then
/// would lose a key.
inline constexpr std::chrono::minutes list_lag_max{5};

/// How long ago the operation began: by the service's clock where both ends are known by it, for
/// ours may have been set meanwhile.
std::chrono::nanoseconds age_of(const Call& call, const Record& record);

/// Whether the record is about the account's service, whatever the team.
bool is_of_service(const Call& call, const Record& record);

/// The operation of a record, looked up at the service where its answer was lost.
management::Unfinished look_at(const Call& call, const Record& record);

/// Whether the key of a rotation is another one now than the record has it: its redacted secret, or
/// when it was last changed. Not, where the record has neither or the list cannot be read.
bool is_changed(const Call& call, const Record& record);

/// Every operation that is unfinished, oldest first. Needs no management key: what cannot be looked
/// up without one has a `look_error`. Errors: no_place_for_record; local_trouble.
management::Result<std::vector<management::Unfinished>> unfinished(const Call& call);

/// The one key that the record is about, or `chosen` where that is among those it may be about.
/// Errors: not_found; ambiguous_name; invalid_argument for a `chosen` that is not among them;
/// elsewhere; those of the look-up.
management::Result<std::string> one_key(const Call& call, const Record& record,
                                        const std::string& chosen);

}  // namespace xai::workflows
