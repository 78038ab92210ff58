#include "workflows/usage.h"

#include <algorithm>
#include <utility>

#include "base/try.h"
#include "wire/canonical.h"
#include "workflows/ask.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

using namespace management;

namespace {

TimeUnit time_unit_of(UsageUnit unit) {
  switch (unit) {
    case UsageUnit::quarter_hour:
      return TimeUnit::quarter_hour;
    case UsageUnit::hour:
      return TimeUnit::hour;
    case UsageUnit::day:
      return TimeUnit::day;
    case UsageUnit::week:
      return TimeUnit::calendar_week;
    case UsageUnit::month:
      return TimeUnit::month;
    case UsageUnit::whole_window:
      break;
  }
  return TimeUnit::none;
}

std::vector<std::string> fields_of(UsageGrouping by) {
  switch (by) {
    case UsageGrouping::none:
      return {};
    case UsageGrouping::description:
      return {"description"};
    case UsageGrouping::api_key:
      return {"api_key_id"};
  }
  return {};
}

AnalyzeUsage request_of(const UsageQuery& query, const base::Zone& zone) {
  return {.analytics_request = {.time_range = range_of(query.window, zone),
                                .time_unit = time_unit_of(query.every),
                                .values = {{"usd", "AGGREGATION_SUM"}},
                                .group_by = fields_of(query.by),
                                .filters = query.filters}};
}

/// The names of all keys by id. They are an addition: without them there are the ids.
Result<std::map<std::string, std::string>> read_key_names(const Call& call) {
  std::map<std::string, std::string> names;
  const auto walked = walk(call, ListApiKeys{}, [&](auto& page) -> Result<Walk> {
    for (ApiKey& key : page.value.api_keys) names[key.api_key_id] = std::move(key.name);
    call.tell(PageRead{.items = names.size(), .noun = "key"});
    return Walk::go_on;
  });
  if (walked) return names;
  if (walked.error().kind == ErrorKind::cancelled) return std::unexpected{walked.error()};
  call.tell(Warning{.kind = WarningKind::key_names_unreadable, .detail = walked.error().message});
  return names;
}

std::unexpected<Error> senseless() {
  return std::unexpected{client::malformed_answer(
      {.message = "a figure or its time is missing or not valid"}, RetryClass::freely, 200, {})};
}

/// Whether no point lacks its figure, or its time where it needs one.
bool are_whole(const AnalyzeUsageResponse& usage, bool needs_times) {
  const auto is_whole = [&](const DataPoint& point) {
    return !point.values.empty() && (point.timestamp || !needs_times);
  };
  return std::ranges::all_of(usage.time_series, [&](const TimeSeries& series) {
    return std::ranges::all_of(series.data_points, is_whole);
  });
}

}  // namespace

Result<UsageAnswer> read_usage(const Call& call, const UsageQuery& query,
                               std::optional<UsagePoints::Figures> figures) {
  UsageAnswer answer{.zone = TRY(zone_of(query.window.zone))};
  std::optional<Timestamp> only_start;
  if (query.every == UsageUnit::whole_window) only_start = query.window.from;
  const json::ListReader reader =
      answer.points.reader(figures.value_or(UsagePoints::Figures::kept), only_start);
  const client::Lists taken{.are_decoded = false, .reader = &reader};
  auto told = TRY(ask(call, request_of(query, answer.zone), figures ? taken : client::Lists::read));
  answer.document = std::move(told.document);
  answer.usage =
      wire::canonical<AnalyzeUsageResponse>(answer.document.root(), answer.document.arena());
  answer.series = answer.usage.find("timeSeries").items();
  answer.is_partial = told.value.limit_reached;
  if (!figures) {
    if (!are_whole(told.value, !only_start)) return senseless();
    return answer;
  }
  if (!answer.points.are_good(answer.series)) return senseless();
  if (query.by == UsageGrouping::api_key && !answer.series.empty())
    answer.key_names = TRY(read_key_names(call));
  return answer;
}

UsageSeries named(const UsageAnswer& answer, json::Value series) {
  const auto first = [&](std::string_view member) {
    const auto texts = series.find(member).items();
    return std::string{texts.empty() ? std::string_view{} : texts.front().text()};
  };
  UsageSeries named{.group = first("group"), .label = first("groupLabels")};
  if (const auto found = answer.key_names.find(named.group); found != answer.key_names.end())
    named.key_name = found->second;
  return named;
}

UsageBuckets buckets_of(const UsagePoints& points) {
  UsageBuckets buckets;
  for (const UsageTime& time : points.times()) buckets.starts.push_back(time.start);
  std::ranges::sort(buckets.starts);
  buckets.starts.erase(std::ranges::unique(buckets.starts).begin(), buckets.starts.end());
  for (const UsageTime& time : points.times()) {
    const auto place = std::ranges::lower_bound(buckets.starts, time.start);
    buckets.of_time.push_back(static_cast<std::size_t>(place - buckets.starts.begin()));
  }
  return buckets;
}

}  // namespace xai::workflows

namespace xai::management {

Result<UsageReport> usage(const Account& account, const UsageQuery& query,
                          const CallOptions& options) {
  using namespace workflows;
  const UsageAnswer answer =
      TRY(read_usage(Call{account, options}, query, UsagePoints::Figures::summed));
  UsageBuckets buckets = buckets_of(answer.points);
  const std::size_t count = buckets.starts.size();
  UsageReport report{.buckets = std::move(buckets.starts), .is_partial = answer.is_partial};
  std::vector<base::DecimalSum> sums(count);
  base::DecimalSum total;
  std::vector<base::DecimalSum> parts;
  for (const json::Value& series : answer.series) {
    UsageSeries& one = report.series.emplace_back(named(answer, series));
    parts.assign(count, {});
    answer.points.add_sums(series, buckets.of_time, parts);
    base::DecimalSum total_of_one;
    for (std::size_t bucket = 0; bucket < count; ++bucket) {
      one.sums.push_back({parts[bucket].text()});
      total_of_one.add(parts[bucket]);
      sums[bucket].add(parts[bucket]);
    }
    one.total.text = total_of_one.text();
    total.add(total_of_one);
  }
  for (const base::DecimalSum& sum : sums) report.sums.push_back({sum.text()});
  report.total.text = total.text();
  return report;
}

}  // namespace xai::management
