#include "cli/commands/usage/usage.h"

#include <algorithm>

#include "base/try.h"
#include "cli/commands/usage/window.h"
#include "cli/exchange.h"
#include "cli/render/json.h"
#include "cli/render/list.h"
#include "cli/render/result.h"
#include "workflows/service_time.h"

namespace xai::cli {

using namespace management;

namespace {

struct UsageInput {
  WindowInput window{};
  std::string every{"day"};
  std::string by{};
  std::vector<std::string> filters{};
  bool is_ascii{};

  void declare(Options& options) {
    options.option("--last", window.last, "SPAN", "Up to now: 30d is today and the 29 days before")
        .with_default("30d");
    options.option("--from", window.from, "WHEN",
                   "Begin: a date, an RFC 3339 time, or a span back");
    options.option("--to", window.to, "WHEN", "End: a date, which is included, or a time");
    options.option("--zone", window.zone, "ZONE", "Time zone of the days").with_default("UTC");
    std::vector<std::string> units;
    for (const UnitWords& unit : unit_words) units.emplace_back(unit.typed);
    options.option("--every", every, "UNIT", "Period of each sum")
        .one_of(std::move(units))
        .with_default("day");
    options.option("--by", by, "FIELD", "One sum for each").one_of({"description", "key"});
    options.option("--filter", filters, "FILTER",
                   "Only what matches, in the service's grammar (repeatable)");
    options.flag("--ascii", is_ascii, "Draw the chart in plain ASCII");
  }
};

UsageUnit unit_of(const std::string& every) {
  const auto* const found = std::ranges::find(unit_words, every, &UnitWords::typed);
  return static_cast<UsageUnit>(found - unit_words.begin());
}

UsageGrouping grouping_of(const std::string& by) {
  if (by == "key") return UsageGrouping::api_key;
  return by == "description" ? UsageGrouping::description : UsageGrouping::none;
}

/// The service refuses what it does not know with words that tell nobody what it was.
Error explained(Error failure, const UsageInput& input) {
  if (failure.http_status != 400 || (input.by.empty() && input.filters.empty())) return failure;
  const std::string told = std::move(failure.message);
  if (input.by.empty() || !input.filters.empty())
    failure.message = "the service refuses this filter";
  else
    failure.message = "the service does not sum usage up by " + input.by;
  if (!input.by.empty() && !input.filters.empty()) failure.message += " or this grouping";
  failure.message += ": " + told;
  failure.next = input.by == "key"  ? "use --by description, or leave --by out"
                 : input.by.empty() ? "change --filter"
                                    : "leave --by or --filter out";
  return failure;
}

std::optional<workflows::UsagePoints::Figures> figures_for(Format format) {
  if (format == Format::text) return workflows::UsagePoints::Figures::summed;
  if (format == Format::csv) return workflows::UsagePoints::Figures::kept;
  return std::nullopt;
}

void warn_of_gaps(Session& session, const workflows::UsageAnswer& answer) {
  if (answer.is_partial)
    session.messages().warn(
        "the service left series out (limitReached): every sum here is partial");
  if (answer.series.empty())
    session.messages().note(
        "the service has no usage on record here, which does not prove that there was none");
}

/// A point of a series, as a record of CSV.
struct UsagePoint {
  std::string_view time{};
  const UsageSeries* series{};
  std::string_view usd{};
};

/// The columns that tell the series of a grouping apart.
std::string columns_for(UsageGrouping by) {
  switch (by) {
    case UsageGrouping::none:
      return "timestamp,usd";
    case UsageGrouping::description:
      return "timestamp,description,usd";
    case UsageGrouping::api_key:
      break;
  }
  return "timestamp,apiKeyId,apiKeyName,usd";
}

Result<void> print_usage_csv(Session& session, UsageGrouping by,
                             const workflows::UsageAnswer& answer) {
  auto list = TRY(List<UsagePoint>::open(session, columns_for(by)));
  for (const json::Value& one : answer.series) {
    const UsageSeries series = workflows::named(answer, one);
    answer.points.each_of(one, [&](std::size_t time, std::string_view usd) {
      list.add({answer.points.times()[time].words, &series, usd});
    });
  }
  list.end();
  return {};
}

CsvCell group_of(const UsagePoint& point) { return csv_of(point.series->group); }
/// A key that is gone has a name in the answer only.
CsvCell key_name_of(const UsagePoint& point) {
  const std::string_view name = name_of(*point.series, UsageGrouping::api_key);
  return name == point.series->group ? CsvCell{} : csv_of(name);
}

Status show_usage(Session& session, const UsageInput& input) {
  UsageQuery query{
      .every = unit_of(input.every), .by = grouping_of(input.by), .filters = input.filters};
  const auto told = run(session, [&](const workflows::Call& call) {
    return workflows::ask_by_service_time(
        call, [&](Timestamp now) { return window_of(input.window, now); },
        [&](const UsageWindow& window) {
          query.window = window;
          return workflows::read_usage(call, query, figures_for(session.format()));
        });
  });
  if (!told) return std::unexpected{explained(told.error(), input)};
  const workflows::UsageAnswer& answer = *told;
  switch (session.format()) {
    case Format::json:
      print_result(session, answer.usage, [] {});
      break;
    case Format::jsonl:
      for (JsonLines lines{session.output()}; const json::Value& one : answer.series)
        lines.add(one);
      break;
    case Format::csv:
      TRY(print_usage_csv(session, query.by, answer));
      break;
    case Format::text:
      if (!answer.series.empty())
        print_usage_text(session, query, answer, input.is_ascii || !session.is_utf8());
  }
  warn_of_gaps(session, answer);
  return ExitCode::done;
}

}  // namespace

std::string_view name_of(const UsageSeries& series, UsageGrouping by) {
  if (by == UsageGrouping::none) return "usage";
  for (const std::string* name : {&series.key_name, &series.label, &series.group})
    if (!name->empty()) return *name;
  return "(none)";
}

template <>
const std::vector<ListColumn<UsagePoint>>& columns<UsagePoint>() {
  static const std::vector<ListColumn<UsagePoint>> all{
      {{"timestamp", "TIME"}, [](const UsagePoint& one) { return CsvCell{{}, true, one.time}; }},
      {{"description", "DESCRIPTION"}, group_of},
      {{"apiKeyId", "ID"}, group_of},
      {{"apiKeyName", "NAME"}, key_name_of},
      {{"usd", "USD"}, [](const UsagePoint& one) { return CsvCell{{}, true, one.usd}; }}};
  return all;
}

Command usage_command() {
  return {.name = "usage",
          .group = Group::billing,
          .summary = "Show what was used, in USD, as a chart and a table",
          .description =
              "Sums are exact; text rounds them to the cent, the other formats do not. ZONE is an "
              "IANA name such as America/New_York, and its days begin at its own midnight. A "
              "FILTER is field:[operator]value, such as usage:>100. When the service leaves series "
              "out, every sum is marked as partial.",
          .examples = {"usage --last 30d --by description",
                       "usage --from 2026-10-01 --zone Europe/Paris --output csv"},
          .formats = {"text", "json", "jsonl", "csv"},
          .declare = declare_with<UsageInput, show_usage>};
}

}  // namespace xai::cli
