#pragma once

#include "cli/command.h"

namespace xai::cli {

Run declare_list_audit_events(Options& options);

}  // namespace xai::cli
