#pragma once

#include "xai/management/transport.h"

namespace xai::emulator {

/// Turns a target in absolute form, `http://HOST/PATH`, into PATH and a Host of that name: as the
/// standard has it, the Host that came with it does not count (RFC 9112, 3.2.2).
void take_host_from_target(management::HttpRequest& request);

}  // namespace xai::emulator
