#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/decimal.h"
#include "xai/management/open_enum.h"
#include "xai/management/timestamp.h"

namespace xai::management {

/// A span in the local time of a zone. Both ends are `YYYY-MM-DD HH:MM:SS`; a `T` or a `Z` is
/// refused by the service.
struct TimeRange {
  std::string start_time{};  ///< The first second that belongs to it.
  std::string end_time{};    ///< The first second that no longer does: the next midnight.
  std::string timezone{};    ///< An IANA name: `Etc/GMT`, `America/New_York`.
};

struct AnalyticsValue {
  std::string name{};         ///< Only `usd` is known to work; the answer is in dollars, not cents.
  std::string aggregation{};  ///< `AGGREGATION_SUM`, `…_AVG`, `…_MIN`, `…_MAX`, `…_COUNT` and more.
};

/// What one point is about.
enum class TimeUnit : std::uint8_t {
  month,
  calendar_week,
  day,
  hour,
  quarter_hour,
  minute,
  second,
  none,  ///< One point for the whole range.
};

/// The service's name: `TIME_UNIT_CALENDAR_WEEK`. Empty for a number that is none of the values.
std::string_view text_of(TimeUnit unit);

struct AnalyticsRequest {
  TimeRange time_range{};
  OpenEnum<TimeUnit> time_unit{};
  std::vector<AnalyticsValue> values{};  ///< At least one; points answer them in this order.
  std::vector<std::string> group_by{};  ///< Only `description` is known to work; empty: one series.
  /// All must hold. Each is `field:[operator]value`, `NOT` before it, parts joined by AND or OR.
  std::vector<std::string> filters{};
};

struct DataPoint {
  std::optional<Timestamp>
      timestamp{};                ///< Start of the bucket: local midnight of the zone, in UTC.
  std::vector<Decimal> values{};  ///< One per value asked for; `usd` is in dollars.
};

struct TimeSeries {
  std::vector<std::string> group{};         ///< Values of the fields grouped by; free text.
  std::vector<std::string> group_labels{};  ///< The same, for people.
  std::vector<DataPoint> data_points{};     ///< By time; one for every bucket, zeros too.
};

struct AnalyzeUsageResponse {
  std::vector<TimeSeries> time_series{};  ///< One per group; none is no proof that all is zero.
  bool limit_reached{};                   ///< Series are missing, so sums are no totals.
};

/// POST /v1/billing/teams/{team_id}/usage. Sums up usage that is past. A read: sent again freely.
/// Errors: invalid_argument (an unknown metric or group, a time in another form),
/// permission_denied, not_found.
/// Source: Management API, Billing.
struct AnalyzeUsage {
  using Response = AnalyzeUsageResponse;
  static constexpr std::string_view id{"analyzeUsage"};
  std::string team_id{};
  AnalyticsRequest analytics_request{};
};

}  // namespace xai::management
