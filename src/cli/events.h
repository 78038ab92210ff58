#pragma once

#include "cli/messages.h"
#include "xai/management/event.h"

namespace xai::cli {

/// What happens while a workflow runs, in words on standard error.
void say(Messages& messages, const management::Event& event);

}  // namespace xai::cli
