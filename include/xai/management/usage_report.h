#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "xai/management/account.h"
#include "xai/management/call_options.h"
#include "xai/management/decimal.h"
#include "xai/management/timestamp.h"

namespace xai::management {

/// A span of instants, and the zone whose clocks cut it into buckets.
struct UsageWindow {
  std::string zone{"UTC"};  ///< An IANA name.
  Timestamp from{};
  Timestamp to{};  ///< The first instant that no longer belongs to it.

  bool operator==(const UsageWindow&) const = default;
};

/// Where a window begins or ends: a day of the zone, or an instant.
using WindowEdge = std::variant<std::chrono::local_days, Timestamp>;

/// From `from` to `to`, whose day belongs to the window; without `to`, to the end of the day of
/// `now`.
/// Errors, by reason: unknown_zone, ambiguous_time (an instant whose local time comes twice, as the
/// service takes local times only), empty_window (it ends before it begins).
Result<UsageWindow> usage_window(const std::string& zone_name, const WindowEdge& from,
                                 const std::optional<WindowEdge>& to, Timestamp now);

/// The last `span`, which is more than zero: of 30 days, the day of `now` and the 29 before it. One
/// that is no number of days ends with the hour of `now`.
/// Errors, by reason: unknown_zone, ambiguous_time.
Result<UsageWindow> last_usage_window(const std::string& zone_name, std::chrono::seconds span,
                                      Timestamp now);

/// What one sum is about.
enum class UsageUnit : std::uint8_t { quarter_hour, hour, day, week, month, whole_window };

enum class UsageGrouping : std::uint8_t {
  none,  ///< One series of all usage.
  description,
  api_key,
};

struct UsageQuery {
  UsageWindow window{};
  UsageUnit every{UsageUnit::day};
  UsageGrouping by{UsageGrouping::none};
  std::vector<std::string> filters{};  ///< As AnalyticsRequest has them.
};

/// The usage of one group in USD, exactly.
struct UsageSeries {
  std::string group{};          ///< The description or the key's id; empty without a grouping.
  std::string label{};          ///< The service's name of the group; may be empty.
  std::string key_name{};       ///< Of a group that is a key, while the team has it.
  std::vector<Decimal> sums{};  ///< By bucket.
  Decimal total{};
};

struct UsageReport {
  std::vector<Timestamp> buckets{};   ///< Where each begins, in order; all that the service told.
  std::vector<UsageSeries> series{};  ///< In the service's order. None is no proof of no usage.
  std::vector<Decimal> sums{};        ///< Of all series, by bucket.
  Decimal total{};
  bool is_partial{};  ///< The service left series out: no sum is a total.
};

/// Sums usage up. The names of keys are looked up where they are grouped by; that this failed is
/// told as a Warning.
/// Errors: invalid_argument (a filter or a grouping that the service does not take),
/// permission_denied, not_found, malformed_response (a time or a number that is none, or is left
/// out).
/// Source: Management API, Billing.
Result<UsageReport> usage(const Account& account, const UsageQuery& query,
                          const CallOptions& options = {});

}  // namespace xai::management
