#pragma once

#include <cstdint>
#include <optional>

#include "workflows/call.h"
#include "xai/management/api_keys.h"
#include "xai/management/unfinished.h"

namespace xai::workflows {

/// What is done about earlier creates beside finding them.
enum class Earlier : std::uint8_t {
  settled,   ///< Those that nothing came of have their records dropped.
  observed,  ///< Nothing is touched, and records that cannot be listed are none.
};

/// An earlier create of the same name, at the same service and for the same team, that has to be
/// settled before another one is sent; none where nothing is in the way. One that nothing came of,
/// and that the list would show by now, does not stand in the way. `again` passes by those that
/// nobody can tell of yet, but by none that made a key. Errors: no_place_for_record; those of
/// asking for the team.
management::Result<std::optional<management::Unfinished>> earlier_create(
    const Call& call, const management::CreateApiKey& operation, bool again,
    Earlier earlier = Earlier::settled);

/// That error, for who does not go on.
management::Error error_of(const management::Unfinished& earlier);

}  // namespace xai::workflows
