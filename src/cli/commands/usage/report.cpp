// The sums of a usage answer as a chart and a table.
#include <algorithm>
#include <map>

#include "cli/commands/usage/usage.h"
#include "cli/render/amount.h"
#include "cli/render/chart.h"
#include "cli/render/table.h"
#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

namespace {

constexpr std::size_t bars_max = 60;

/// A series with what its points add up to.
struct Summed {
  std::string name{};
  std::string group{};
  base::DecimalSum total{};
  std::int64_t rank{};                  ///< The total in millionths.
  std::vector<std::int64_t> lengths{};  ///< Of its part of each bar.
};

/// The sums of all series, gathered into the bars of the chart.
struct Sums {
  std::vector<Timestamp> starts{};  ///< Of the buckets.
  std::size_t buckets_per_bar{1};
  std::vector<base::DecimalSum> bars{};
  std::vector<Summed> series{};  ///< The largest first.
  base::DecimalSum total{};
};

/// Millionths of a dollar, to compare and to draw.
std::int64_t length_of(const base::DecimalSum& sum) { return sum.rounded(6).value_or(0); }

/// Keys of one name are told apart by their ids.
void tell_apart(std::vector<Summed>& summed) {
  std::map<std::string, int> counts;
  for (const Summed& one : summed) ++counts[one.name];
  for (Summed& one : summed)
    if (counts[one.name] > 1 && !one.group.empty())
      one.name.append(" (").append(one.group).append(")");
}

Sums sums_of(const workflows::UsageAnswer& answer, UsageGrouping by) {
  workflows::UsageBuckets buckets = workflows::buckets_of(answer.points);
  const std::size_t count = buckets.starts.size();
  Sums sums{.starts = std::move(buckets.starts)};
  sums.buckets_per_bar = std::max<std::size_t>((count + bars_max - 1) / bars_max, 1);
  sums.bars.resize((count + sums.buckets_per_bar - 1) / sums.buckets_per_bar);
  std::vector<std::size_t> bar_of_time;
  for (const std::size_t bucket : buckets.of_time)
    bar_of_time.push_back(bucket / sums.buckets_per_bar);
  sums.series.reserve(answer.series.size());
  std::vector<base::DecimalSum> parts;
  for (const json::Value& one : answer.series) {
    const UsageSeries named = workflows::named(answer, one);
    Summed& summed = sums.series.emplace_back(
        Summed{.name = std::string{name_of(named, by)}, .group = named.group});
    summed.lengths.reserve(sums.bars.size());
    parts.assign(sums.bars.size(), {});
    answer.points.add_sums(one, bar_of_time, parts);
    for (std::size_t bar = 0; bar < sums.bars.size(); ++bar) {
      summed.lengths.push_back(length_of(parts[bar]));
      summed.total.add(parts[bar]);
      sums.bars[bar].add(parts[bar]);
    }
    sums.total.add(summed.total);
    summed.rank = length_of(summed.total);
  }
  if (by == UsageGrouping::api_key) tell_apart(sums.series);
  std::ranges::stable_sort(sums.series, std::greater{}, &Summed::rank);
  return sums;
}

const UnitWords& unit_words_of(UsageUnit unit) {
  return unit_words.at(static_cast<std::size_t>(unit));
}

/// What a bucket is called: the part of its local time that its unit leaves open.
std::string label_of(UsageUnit every, base::LocalTime start) {
  if (every == UsageUnit::whole_window) return "all";
  return base::format_local(start).substr(0, unit_words_of(every).label_letters);
}

Chart chart_of(const base::Zone& zone, UsageUnit every, const Sums& sums) {
  Chart chart;
  for (std::size_t bar = 0; bar < sums.bars.size(); ++bar) {
    chart.labels.push_back(label_of(every, zone.local(sums.starts[bar * sums.buckets_per_bar])));
    chart.figures.push_back(to_the_cent(sums.bars[bar]));
  }
  // One place is for the rest, unless all have a place of their own.
  const std::size_t own =
      sums.series.size() <= chart_series_max ? chart_series_max : chart_series_max - 1;
  for (std::size_t i = 0; i < sums.series.size(); ++i) {
    const Summed& summed = sums.series[i];
    if (i < own) {
      chart.series.push_back({summed.name, summed.lengths});
      continue;
    }
    if (i == own)
      chart.series.push_back({counted(sums.series.size() - own, "other"),
                              std::vector<std::int64_t>(sums.bars.size())});
    for (std::size_t bar = 0; bar < sums.bars.size(); ++bar)
      chart.series.back().values[bar] += summed.lengths[bar];
  }
  return chart;
}

/// `12.3 %` of the total; `-` where there is nothing to have a share of.
std::string share_text(std::int64_t part, std::int64_t total) {
  if (total <= 0 || part < 0) return "-";
  // Smaller numbers have the same share, and no product of theirs leaves 64 bits.
  while (total > std::int64_t{1} << 50U) {
    total >>= 1U;
    part >>= 1U;
  }
  const std::int64_t per_mille = (part * 1000 + total / 2) / total;
  return std::to_string(per_mille / 10) + "." + std::to_string(per_mille % 10) + " %";
}

std::string heading_of(const UsageQuery& query, const base::Zone& zone, const Sums& sums) {
  const TimeRange range = workflows::range_of(query.window, zone);
  const auto shown = [](const std::string& time) {
    return time.substr(0, time.ends_with(" 00:00:00") ? 10 : 16);
  };
  std::string text = "Usage in USD from " + shown(range.start_time) + " to before " +
                     shown(range.end_time) + ", " + range.timezone;
  if (sums.buckets_per_bar > 1)
    text += "; each bar is " +
            counted(sums.buckets_per_bar, std::string{unit_words_of(query.every).noun});
  return text + "\n";
}

void print_table(Session& session, UsageGrouping by, bool is_partial, const Sums& sums) {
  const std::string total = is_partial ? "total (partial)" : "total";
  const std::int64_t whole = length_of(sums.total);
  Table table{session.output(),
              {{by == UsageGrouping::api_key ? "KEY" : "DESCRIPTION"},
               {is_partial ? "USD (PARTIAL)" : "USD", true},
               {is_partial ? "SHARE OF WHAT CAME" : "SHARE", true}}};
  for (const Summed& summed : sums.series)
    table.add({{summed.name}, {to_the_cent(summed.total)}, {share_text(summed.rank, whole)}});
  table.add({{total, Style::strong},
             {to_the_cent(sums.total), Style::strong},
             {share_text(whole, whole), Style::strong}});
  table.print();
}

}  // namespace

void print_usage_text(Session& session, const UsageQuery& query,
                      const workflows::UsageAnswer& answer, bool is_ascii) {
  Output& output = session.output();
  const Sums sums = sums_of(answer, query.by);
  output.write(heading_of(query, answer.zone, sums) + "\n");
  print_chart(output, chart_of(answer.zone, query.every, sums), is_ascii);
  output.write("\n");
  if (query.by == UsageGrouping::none)
    output.write((answer.is_partial ? "Total (partial): " : "Total: ") + to_the_cent(sums.total) +
                 " USD\n");
  else
    print_table(session, query.by, answer.is_partial, sums);
}

}  // namespace xai::cli
