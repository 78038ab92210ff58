#pragma once

#include <string_view>

#include "cli/command.h"
#include "workflows/usage.h"

namespace xai::cli {

/// What a series, which must outlive it, is called: its description, or its key's name or id.
std::string_view name_of(const management::UsageSeries& series, management::UsageGrouping by);

/// Chart and table of sums, which are exact before they are rounded to the cent.
void print_usage_text(Session& session, const management::UsageQuery& query,
                      const workflows::UsageAnswer& answer, bool is_ascii);

Run declare_usage(Options& options);

}  // namespace xai::cli
