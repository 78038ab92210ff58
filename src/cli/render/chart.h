#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/render/output.h"

namespace xai::cli {

/// One part of every bar.
struct ChartSeries {
  std::string name{};                  ///< From outside or not: the chart escapes it.
  std::vector<std::int64_t> values{};  ///< One per bar; less than zero counts as zero.
};

/// Bars that lie on their side, each with its label and its figure, each made of all series.
struct Chart {
  std::vector<std::string> labels{};
  std::vector<std::string> figures{};
  std::vector<ChartSeries> series{};  ///< At most `chart_series_max`.
};

inline constexpr std::size_t chart_series_max = 8;

/// Prints the chart and, when there is more than one series, what its fills stand for. Fills are
/// blocks in colours, else letters, so that they differ without colour too.
void print_chart(Output& output, const Chart& chart, bool is_ascii);

}  // namespace xai::cli
