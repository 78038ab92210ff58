#pragma once

#include <string>

#include "xai/management/transport.h"

namespace xai::emulator {

/// What goes over the wire before the body: status line, headers and the empty line.
std::string head_text(const management::HttpResponse& response, bool keep_alive);

/// Whether an answer of that status has a body and a Content-Length at all.
bool may_have_body(int status);

}  // namespace xai::emulator
