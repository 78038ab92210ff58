#pragma once

#include "wire/table.h"
#include "xai/management/usage.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::TimeRange> =
    table(field("startTime", &management::TimeRange::start_time),
          field("endTime", &management::TimeRange::end_time),
          field("timezone", &management::TimeRange::timezone));

template <>
inline constexpr auto fields<management::AnalyticsValue> =
    table(field("name", &management::AnalyticsValue::name),
          field("aggregation", &management::AnalyticsValue::aggregation));

template <>
inline constexpr auto fields<management::AnalyticsRequest> =
    table(field("timeRange", &management::AnalyticsRequest::time_range),
          field("timeUnit", &management::AnalyticsRequest::time_unit),
          field("values", &management::AnalyticsRequest::values),
          field("groupBy", &management::AnalyticsRequest::group_by),
          field("filters", &management::AnalyticsRequest::filters));

template <>
inline constexpr auto fields<management::DataPoint> =
    table(field("timestamp", &management::DataPoint::timestamp),
          field("values", &management::DataPoint::values));

template <>
inline constexpr auto fields<management::TimeSeries> =
    table(field("group", &management::TimeSeries::group),
          field("groupLabels", &management::TimeSeries::group_labels),
          field("dataPoints", &management::TimeSeries::data_points));

template <>
inline constexpr auto fields<management::AnalyzeUsageResponse> =
    table(field("timeSeries", &management::AnalyzeUsageResponse::time_series),
          field("limitReached", &management::AnalyzeUsageResponse::limit_reached));

template <>
inline constexpr auto row<management::AnalyzeUsage> =
    operation(Method::post, "/v1/billing/teams/{team_id}/usage", RetryClass::freely, "BillingRead",
              path("team_id", &management::AnalyzeUsage::team_id),
              body("analyticsRequest", &management::AnalyzeUsage::analytics_request));

}  // namespace xai::wire
