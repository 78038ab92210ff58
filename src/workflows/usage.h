#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/zone.h"
#include "json/document.h"
#include "workflows/call.h"
#include "workflows/usage_points.h"
#include "xai/management/usage.h"
#include "xai/management/usage_report.h"

namespace xai::workflows {

/// Errors, by reason: unknown_zone.
management::Result<base::Zone> zone_of(const std::string& name);

/// As the service wants it: local times, the end excluded.
management::TimeRange range_of(const management::UsageWindow& window, const base::Zone& zone);

/// A usage answer. Its points are in `points`, unless they were left in the document.
struct UsageAnswer {
  base::Zone zone{};
  json::Document document{};
  json::Value usage{};  ///< The document in canonical names.
  std::span<const json::Value> series{};
  bool is_partial{};
  UsagePoints points{};
  std::map<std::string, std::string> key_names{};  ///< By id, where known.
};

/// Asks for usage; all series, times and numbers are good. Without `figures` the points are left
/// in the document.
management::Result<UsageAnswer> read_usage(const Call& call, const management::UsageQuery& query,
                                           std::optional<UsagePoints::Figures> figures);

/// A series but for its sums.
management::UsageSeries named(const UsageAnswer& answer, json::Value series);

/// When the buckets of an answer begin, and which of them each time of its points is.
struct UsageBuckets {
  std::vector<management::Timestamp> starts{};  ///< In order.
  std::vector<std::size_t> of_time{};
};
UsageBuckets buckets_of(const UsagePoints& points);

}  // namespace xai::workflows
