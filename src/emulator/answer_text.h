#pragma once

#include <string>
#include <string_view>

#include "xai/management/transport.h"

namespace xai::emulator {

/// What goes over the wire before the body: status line, headers and the empty line.
std::string head_text(const management::HttpResponse& response, bool keep_alive);

/// Whether two names, of headers or hosts, are the same: case does not count.
bool is_same_text(std::string_view left, std::string_view right);

/// The phrase that goes with a status; empty for a rare one.
std::string_view reason_of(int status);

/// Whether an answer of that status has a body and a Content-Length at all.
bool may_have_body(int status);

}  // namespace xai::emulator
