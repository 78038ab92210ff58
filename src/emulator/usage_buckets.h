#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/zone.h"
#include "xai/management/timestamp.h"
#include "xai/management/usage.h"

namespace xai::emulator {

/// `2026-10-01 00:00:00`, and no other form.
std::optional<base::LocalTime> parse_local_time(std::string_view text);

/// The first instants of all units that the range touches, on the clocks of the zone; weeks begin
/// on Monday. None when there are more than `most`.
std::optional<std::vector<management::Timestamp>> usage_buckets(const base::Zone& zone,
                                                                base::LocalTime start,
                                                                base::LocalTime end,
                                                                management::TimeUnit unit,
                                                                std::size_t most);

}  // namespace xai::emulator
