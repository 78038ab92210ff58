#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/zone.h"
#include "xai/management/timestamp.h"

namespace xai::emulator {

enum class UsageUnit : std::uint8_t { month, week, day, hour, quarter_hour, minute, second, whole };

/// `TIME_UNIT_DAY` and its like.
std::optional<UsageUnit> parse_usage_unit(std::string_view name);

/// `2026-10-01 00:00:00`, and no other form.
std::optional<base::LocalTime> parse_local_time(std::string_view text);

/// The first instants of all units that the range touches, on the clocks of the zone; weeks begin
/// on Monday. None when there are more than `most`.
std::optional<std::vector<management::Timestamp>> usage_buckets(const base::Zone& zone,
                                                                base::LocalTime start,
                                                                base::LocalTime end, UsageUnit unit,
                                                                std::size_t most);

}  // namespace xai::emulator
