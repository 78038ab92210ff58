#pragma once

#include <optional>
#include <string>

#include "client/answer.h"
#include "workflows/call.h"
#include "workflows/once.h"
#include "xai/management/api_keys.h"
#include "xai/management/sink.h"

namespace xai::workflows {

using MintedKey = management::Result<client::Answer<management::ApiKey>>;

// `management`'s functions of these names, with the document of the answer. That still holds the
// secret, be there a sink or not: see `without_secret`.
MintedKey create_api_key(const Call& call, const management::CreateApiKey& operation,
                         std::optional<management::Sink> sink, bool again);
MintedKey rotate_api_key(const Call& call, const management::RotateApiKey& operation,
                         std::optional<management::Sink> sink, bool ends_overlap);
MintedKey rotate_unfinished(const Call& call, const std::string& id,
                            management::RotateApiKey operation,
                            std::optional<management::Sink> sink);

/// A rotation whose record is on disk, and that may be sent: of two that begin at once on this
/// machine, each has its record there before it looks, so that one of them sees the other at least.
/// `ends_overlap` sends it all the same. Errors: those of Once::begin; within_overlap.
management::Result<Once<management::RotateApiKey>> begin_rotation(
    const Call& call, const management::RotateApiKey& operation,
    std::optional<management::Sink> sink, bool ends_overlap, Subject known = {});

}  // namespace xai::workflows
