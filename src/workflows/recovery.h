#pragma once

#include <string>

#include "workflows/call.h"
#include "workflows/record_file.h"

namespace xai::workflows {

/// Deletes the key that a create made, and settles its record; a key that is gone already is what
/// was wanted. Errors: failed_precondition for a record of anything but a create; those of the
/// delete.
management::Result<void> delete_lost(const Call& call, TakenRecord taken,
                                     const std::string& api_key_id);

/// Drops the record, and a secret in it for good; the service is left as it is.
void forget(TakenRecord taken);

}  // namespace xai::workflows
