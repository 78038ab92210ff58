#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/money.h"
#include "base/try.h"
#include "base/zone.h"
#include "emulator/errors.h"
#include "emulator/limits.h"
#include "emulator/routes/routes.h"
#include "emulator/usage_buckets.h"
#include "emulator/usage_filter.h"
#include "emulator/usage_history.h"
#include "xai/management/usage.h"

namespace xai::emulator::routes {

using management::AnalyticsRequest;
using management::AnalyzeUsage;
using management::AnalyzeUsageResponse;
using management::Cents;
using management::DataPoint;
using management::Decimal;
using management::TimeSeries;

namespace {

/// A request that was understood.
struct UsageQuery {
  std::vector<UsageField> groups{};
  UsageFilter filter{};
  std::vector<Timestamp> buckets{};
  Timestamp from{};
  Timestamp to{};
};

Result<UsageQuery> to_query(const AnalyticsRequest& request, Timestamp now) {
  // Differs: sums of `usd` are all there is; the other aggregations were never seen to work.
  const bool is_known = std::ranges::all_of(request.values, [](const auto& value) {
    return value.name == "usd" && value.aggregation == "AGGREGATION_SUM";
  });
  const auto unit = request.time_unit.value();
  auto filter = UsageFilter::parse(request.filters);
  if (request.values.empty() || !is_known || !unit || !filter)
    return std::unexpected(errors::bad_usage_query());
  UsageQuery query{.filter = *std::move(filter)};
  for (const std::string& name : request.group_by) {
    const auto field = parse_usage_field(name);
    if (!field) return std::unexpected(errors::bad_usage_query());
    query.groups.push_back(*field);
  }
  const auto& range = request.time_range;
  const auto zone = base::Zone::find(range.timezone);
  if (!zone && zone.error().kind != management::ErrorKind::invalid_argument)
    return std::unexpected(errors::internal(zone.error().message));
  if (!zone) return std::unexpected(errors::bad_time_zone(range.timezone));
  const auto start = parse_local_time(range.start_time);
  const auto end = parse_local_time(range.end_time);
  if (!start || !end || *start >= *end) return std::unexpected(errors::bad_time_range());
  auto buckets = usage_buckets(*zone, *start, *end, *unit, limits::usage_points_max);
  if (!buckets) return std::unexpected(errors::too_many_time_units());
  query.buckets = *std::move(buckets);
  query.from = zone->instant(*start);
  query.to = std::min(zone->instant(*end), now);
  return query;
}

/// What one group used, bucket by bucket, in 1e-8 cents.
struct Series {
  std::vector<std::string> labels{};
  std::vector<std::int64_t> amounts{};
};
using SeriesByGroup = std::map<std::vector<std::string>, Series>;

/// What a key is called beside its id.
std::string label_of(const KeyPeriod& key, bool key_tails) {
  return key_tails ? key.name + " (" + key.redacted_api_key + ")" : key.name;
}

Result<SeriesByGroup> sum_up(const UsageHistory& history, const UsageQuery& query, bool key_tails) {
  SeriesByGroup all;
  // Texts are compared once for each key and price, not for each item.
  std::map<std::pair<const KeyPeriod*, const BilledUnit*>, Series*> known;
  bool fits = true;
  for_each_item(history, query.from, query.to, [&](const UsageItem& item) {
    const auto [found, is_new] = known.try_emplace({&item.period, &item.unit}, nullptr);
    if (is_new && query.filter.matches(item)) {
      std::vector<std::string> group;
      std::vector<std::string> labels;
      for (const UsageField field : query.groups) {
        group.push_back(value_of(field, item));
        labels.push_back(field == UsageField::api_key_id ? label_of(item.period, key_tails)
                                                         : group.back());
      }
      Series& series = all[group];
      series.labels = std::move(labels);
      series.amounts.resize(query.buckets.size());
      found->second = &series;
    }
    if (found->second == nullptr) return;
    const auto after = std::ranges::upper_bound(query.buckets, item.time);
    std::int64_t& amount =
        found->second->amounts[static_cast<std::size_t>(after - query.buckets.begin()) - 1];
    const auto sum = base::sum(Cents{amount}, Cents{item.amount()});
    fits = fits && sum.has_value();
    if (sum) amount = sum->value;
  });
  if (!fits) return std::unexpected(errors::amounts_too_large());
  return all;
}

/// Dollars as the service writes them: without zeros that say nothing.
Decimal to_usd(std::int64_t amount) {
  constexpr unsigned places = 10;
  std::string text = base::decimal(amount, places);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return {std::move(text)};
}

}  // namespace

template <>
Result<HttpResponse> answer(Call& call, const AnalyzeUsage& operation) {
  const AnalyticsRequest& request = operation.analytics_request;
  const UsageQuery query = TRY(to_query(request, call.now));
  Store& store = *call.state.store;
  const UsageHistory history = TRY(usage_history(store, *store.team(operation.team_id)));
  const SeriesByGroup all = TRY(sum_up(history, query, call.state.key_tails));
  const std::size_t most = std::clamp<std::size_t>(limits::usage_points_max / query.buckets.size(),
                                                   1, call.state.usage_series_max);
  AnalyzeUsageResponse answer{.limit_reached = all.size() > most};
  for (const auto& [group, sums] : all) {
    if (answer.time_series.size() == most) break;
    TimeSeries series{.group = group, .group_labels = sums.labels};
    for (std::size_t i = 0; i < query.buckets.size(); ++i)
      series.data_points.push_back(
          {.timestamp = query.buckets[i],
           .values = std::vector<Decimal>(request.values.size(), to_usd(sums.amounts[i]))});
    answer.time_series.push_back(std::move(series));
  }
  return reply(call, operation, answer);
}

}  // namespace xai::emulator::routes
