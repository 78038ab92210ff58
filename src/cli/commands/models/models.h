#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "xai/management/models.h"

namespace xai::cli {

Run declare_list_models(Options& options);
Run declare_regions(Options& options);

}  // namespace xai::cli
