#pragma once

#include "base/printable.h"
#include "base/words.h"

namespace xai::cli {

using base::counted;
using base::cut_to;
using base::escaped;
using base::in_quotes;
using base::listed;
using base::relative_time;
using base::width_of;

}  // namespace xai::cli
