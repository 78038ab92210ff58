#pragma once

#include <array>
#include <string_view>

#include "cli/command.h"
#include "workflows/usage.h"

namespace xai::cli {

/// How a unit is typed and spoken of, and how much of a local time names one of its buckets.
struct UnitWords {
  std::string_view typed;
  std::string_view noun;
  std::size_t label_letters;
};

/// In the order of `UsageUnit`.
inline constexpr std::array<UnitWords, 6> unit_words{{{"quarter-hour", "quarter hour", 16},
                                                      {"hour", "hour", 16},
                                                      {"day", "day", 10},
                                                      {"week", "week", 10},
                                                      {"month", "month", 7},
                                                      {"none", "window", 0}}};

/// What a series, which must outlive it, is called: its description, or its key's name or id.
std::string_view name_of(const management::UsageSeries& series, management::UsageGrouping by);

/// Chart and table of sums, which are exact before they are rounded to the cent.
void print_usage_text(Session& session, const management::UsageQuery& query,
                      const workflows::UsageAnswer& answer, bool is_ascii);

}  // namespace xai::cli
