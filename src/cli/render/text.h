#pragma once

#include "base/printable.h"

namespace xai::cli {

using base::cut_to;
using base::escaped;
using base::in_quotes;
using base::width_of;

}  // namespace xai::cli
