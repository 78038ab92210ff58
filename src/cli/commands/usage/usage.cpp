#include "cli/commands/usage/usage.h"

#include <memory>

#include "base/decimal.h"
#include "base/time_text.h"
#include "cli/exchange.h"
#include "cli/render/lists.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "client/pages.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct UsageInput {
  WindowInput window{};
  std::string every{"day"};
  std::string by{};
  std::vector<std::string> filters{};
  bool is_ascii{};
};

std::string unit_of(const std::string& every) {
  if (every == "week") return "TIME_UNIT_CALENDAR_WEEK";
  if (every == "quarter-hour") return "TIME_UNIT_QUARTER_HOUR";
  std::string unit = "TIME_UNIT_";
  for (const char letter : every) unit += static_cast<char>(letter - 'a' + 'A');
  return unit;
}

Grouping grouping_of(const std::string& by) {
  if (by == "key") return Grouping::key;
  return by == "description" ? Grouping::description : Grouping::none;
}

AnalyzeUsage request_of(const UsageInput& input, const UsageWindow& window) {
  AnalyzeUsage request{.analytics_request = {.time_range = window.range(),
                                             .time_unit = unit_of(input.every),
                                             .values = {{"usd", "AGGREGATION_SUM"}},
                                             .filters = input.filters}};
  if (input.by == "key") request.analytics_request.group_by = {"api_key_id"};
  if (input.by == "description") request.analytics_request.group_by = {"description"};
  return request;
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

/// The names of all keys by id. Names are an addition: without them ids are shown.
Result<std::map<std::string, std::string>> key_names(Session& session) {
  std::map<std::string, std::string> names;
  const Client* client = TRY(session.client());
  client::PageWalk<ListApiKeys> walk{*client, ListApiKeys{}};
  while (auto page = walk.next()) {
    if (!*page && page->error().kind == ErrorKind::cancelled)
      return std::unexpected{Error{std::move(*page).error()}};
    if (!*page) {
      session.messages().warn("the names of the keys could not be read: " + page->error().message);
      break;
    }
    for (ApiKey& key : (*page)->value.api_keys) names[key.api_key_id] = std::move(key.name);
    session.messages().progress("looked up " + counted(names.size(), "key"));
  }
  session.messages().progress("");
  return names;
}

Error nonsense() {
  return client::malformed_answer({.message = "a time or a number is none"},
                                  wire::descriptor_of<AnalyzeUsage>().retry, 200, {});
}

void warn_of_gaps(Session& session, const UsageAnswer& answer, bool is_empty) {
  if (answer.is_partial)
    session.messages().warn(
        "the service left series out (limitReached): every sum of these is partial");
  if (is_empty)
    session.messages().note("there is no usage on record here, which is no proof of none");
}

Status show_usage(Session& session, const UsageInput& input) {
  UsageAnswer answer{.window = TRY(window_of(input.window, session.now())),
                     .every = input.every,
                     .by = grouping_of(input.by)};
  const bool is_tabular = session.format() == Format::text || session.format() == Format::csv;
  const json::ListReader reader = answer.points.reader(
      session.format() == Format::text ? UsagePoints::Figures::summed : UsagePoints::Figures::kept);
  const client::Lists taken{.are_decoded = false, .reader = &reader};
  auto told =
      exchange(session, request_of(input, answer.window), is_tabular ? taken : client::Lists::read);
  if (!told) return std::unexpected{explained(std::move(told).error(), input)};
  json::Document& document = told->document;
  const json::Value usage =
      wire::canonical<AnalyzeUsageResponse>(document.root(), document.arena());
  const auto series = usage.find("timeSeries").items();
  if (is_tabular && !answer.points.are_good(series)) return std::unexpected{nonsense()};
  answer.is_partial = told->value.limit_reached;
  if (answer.by == Grouping::key && is_tabular && !series.empty())
    answer.names = TRY(key_names(session));
  switch (session.format()) {
    case Format::json:
      print_json(session.output(), usage);
      break;
    case Format::jsonl:
      for (const json::Value& one : series) print_json_line(session.output(), one);
      break;
    case Format::csv:
      print_usage_csv(session, answer, series);
      break;
    case Format::text:
      if (!series.empty())
        print_usage_text(session, answer, series, input.is_ascii || !session.is_utf8());
  }
  warn_of_gaps(session, answer, series.empty());
  return ExitCode::done;
}

}  // namespace

std::string UsageAnswer::name_of(json::Value series) const {
  const auto group = series.find("group").items();
  const auto labels = series.find("groupLabels").items();
  if (by == Grouping::none) return "usage";
  const std::string value{group.empty() ? std::string_view{} : group.front().text()};
  if (const auto found = names.find(value); found != names.end() && !found->second.empty())
    return found->second;
  std::string label{labels.empty() ? std::string_view{} : labels.front().text()};
  if (!label.empty()) return label;
  return value.empty() ? "(none)" : value;
}

void print_usage_csv(Session& session, const UsageAnswer& answer,
                     std::span<const json::Value> series) {
  switch (answer.by) {
    case Grouping::none:
      print_csv_header(session.output(), {"timestamp", "usd"});
      break;
    case Grouping::description:
      print_csv_header(session.output(), {"timestamp", "description", "usd"});
      break;
    case Grouping::key:
      print_csv_header(session.output(), {"timestamp", "apiKeyId", "apiKeyName", "usd"});
      break;
  }
  std::string record;
  for (const json::Value& one : series) {
    // The cells in the middle are the same on every record of a series.
    std::string middle{","};
    const auto values = one.find("group").items();
    const std::string_view value = values.empty() ? std::string_view{} : values.front().text();
    if (answer.by != Grouping::none) {
      append_csv(middle, value, false);
      middle += ',';
    }
    if (answer.by == Grouping::key) {
      // A key that is gone has a name in the answer only.
      const std::string name = answer.name_of(one);
      append_csv(middle, name == value ? "" : name, false);
      middle += ',';
    }
    // A time and a number have no letter that a cell must be quoted for.
    const auto print = [&](std::size_t time, std::string_view usd) {
      record.assign(answer.points.times()[time].words);
      record.append(middle).append(usd).append("\r\n");
      session.output().write(record);
    };
    answer.points.each_of(one, print);
  }
}

Run declare_usage(Options& options) {
  auto input = std::make_shared<UsageInput>();
  options.option("--last", input->window.last, "SPAN", "Up to now: 30d is today and 29 days before")
      .with_default("30d");
  options.option("--from", input->window.from, "WHEN",
                 "Begin: a date, an RFC 3339 time, or a span back");
  options.option("--to", input->window.to, "WHEN",
                 "End: a date that still belongs to it, or a time");
  options.option("--zone", input->window.zone, "ZONE", "Whose midnights cut the days")
      .with_default("UTC");
  options.option("--every", input->every, "UNIT", "What one sum is about")
      .one_of({"quarter-hour", "hour", "day", "week", "month", "none"})
      .with_default("day");
  options.option("--by", input->by, "FIELD", "One sum for each").one_of({"description", "key"});
  options.option("--filter", input->filters, "FILTER",
                 "Only what matches, in the service's grammar (repeatable)");
  options.flag("--ascii", input->is_ascii, "Draw the chart in plain ASCII");
  return [input](Session& session) { return show_usage(session, *input); };
}

std::vector<Command> usage_commands() {
  std::vector<Command> list;
  list.push_back({.name = "usage",
                  .group = Group::billing,
                  .summary = "Show what was used, in USD, as a chart and a table",
                  .description =
                      "Sums are exact; text rounds them to the cent, the other formats do not. "
                      "ZONE is an IANA name such as America/New_York, and its days begin at its "
                      "own midnight. A FILTER is field:[operator]value, such as usage:>100. When "
                      "the service leaves series out, every sum is marked as partial.",
                  .examples = {"usage --last 30d --by description",
                               "usage --from 2026-10-01 --zone Europe/Paris --output csv"},
                  .formats = {"text", "json", "jsonl", "csv"},
                  .declare = declare_usage});
  return list;
}

}  // namespace xai::cli
