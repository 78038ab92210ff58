#pragma once

#include <string>

#include "cli/command.h"
#include "workflows/usage.h"

namespace xai::cli {

/// What a series is called: its description, or its key's name or id.
std::string name_of(const management::UsageSeries& series, management::UsageGrouping by);

/// Chart and table of sums, which are exact before they are rounded to the cent.
void print_usage_text(Session& session, const management::UsageQuery& query,
                      const workflows::UsageAnswer& answer, bool is_ascii);

/// One record per point, numbers as they came.
void print_usage_csv(Session& session, management::UsageGrouping by,
                     const workflows::UsageAnswer& answer);

Run declare_usage(Options& options);

}  // namespace xai::cli
