#pragma once

namespace xai::emulator {

/// How much of what was written to a connection the other side has not taken yet; 0 where the
/// system does not say.
int unsent_bytes(int socket);

}  // namespace xai::emulator
