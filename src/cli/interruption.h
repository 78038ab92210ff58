#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/messages.h"
#include "cli/session.h"

namespace xai::cli {

/// Whether a signal came while a line of standard input was waited for.
using CutShort = std::shared_ptr<const bool>;

/// From here on what is read when a signal has come is no answer.
CutShort heed_signals(Process& process);

/// Has a failure that followed from such an end say so; true where it did.
bool name_interruption(Status& status);

/// Prepares what is said where a second signal ends the command at once: by then a write may be on
/// its way.
void keep_last_words(const Process& process, Messages& messages, const Command& command,
                     const Options& options, const std::vector<std::string>& words);

}  // namespace xai::cli
