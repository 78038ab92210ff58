#pragma once

#include <string>
#include <string_view>

#include "client/secrets.h"

namespace xai::client {

/// `text` fit for one line of a message: trimmed, runs of blanks and line breaks as one space,
/// without hidden characters or broken UTF-8; then without the `secrets`; and then cut to about 300
/// bytes, so that half a secret does not stay at the cut.
std::string shown(std::string_view text, const Secrets* secrets = nullptr);

}  // namespace xai::client
