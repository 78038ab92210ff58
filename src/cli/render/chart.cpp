#include "cli/render/chart.h"

#include <algorithm>
#include <array>

#include "cli/render/text.h"

namespace xai::cli {
namespace {

constexpr std::array<std::string_view, chart_series_max> colours{"34", "33", "32", "35",
                                                                 "36", "31", "94", "90"};
constexpr std::string_view letters = "ABCDEFGH";

/// What one cell of a series looks like.
struct Fill {
  std::string_view cell;
  std::string_view colour;
};

class Fills {
 public:
  Fills(const Output& output, bool is_ascii, std::size_t series_count)
      : is_single_{series_count == 1},
        has_blocks_{!is_ascii && (output.has_colour() || is_single_)} {}

  [[nodiscard]] Fill of(std::size_t series) const {
    const std::string_view letter = is_single_ ? "#" : letters.substr(series, 1);
    return {.cell = has_blocks_ ? "█" : letter, .colour = colours.at(series)};
  }

 private:
  bool is_single_;
  bool has_blocks_;
};

std::int64_t sum_of(const Chart& chart, std::size_t bar) {
  std::int64_t sum = 0;
  for (const ChartSeries& series : chart.series)
    sum += std::max<std::int64_t>(series.values[bar], 0);
  return sum;
}

/// How many of `cells` the part takes of the whole, to the nearest.
std::size_t cells_of(std::int64_t part, std::int64_t whole, std::size_t cells) {
  if (whole <= 0) return 0;
  // Large numbers are made smaller first, which a bar does not show.
  while (whole > std::int64_t{1} << 40U) {
    whole >>= 1U;
    part >>= 1U;
  }
  return static_cast<std::size_t>((part * static_cast<std::int64_t>(cells) + whole / 2) / whole);
}

std::string bar_of(const Output& output, const Chart& chart, std::size_t bar, std::int64_t largest,
                   std::size_t cells, const Fills& fills) {
  std::string text;
  std::int64_t so_far = 0;
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    so_far += std::max<std::int64_t>(chart.series[i].values[bar], 0);
    std::size_t end = cells_of(so_far, largest, cells);
    // What is little is still not nothing.
    if (so_far > 0 && end == 0) end = 1;
    std::string part;
    for (; drawn < end; ++drawn) part += fills.of(i).cell;
    if (!part.empty()) text += output.coloured(fills.of(i).colour, part);
  }
  return text;
}

void print_legend(Output& output, const Chart& chart, const Fills& fills) {
  std::string line;
  std::size_t used = 0;
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    const std::string name = cut_to(escaped(chart.series[i].name), output.columns() - 4);
    const std::size_t width = width_of(name) + 2;
    if (used > 0 && used + 3 + width > output.columns()) {
      output.write(line + "\n");
      line.clear();
      used = 0;
    }
    if (used > 0) line += "   ";
    used += width + (used > 0 ? 3 : 0);
    line += output.coloured(fills.of(i).colour, fills.of(i).cell) + " " + name;
  }
  output.write(line + "\n");
}

std::size_t widest(const std::vector<std::string>& texts) {
  std::size_t width = 0;
  for (const std::string& text : texts) width = std::max(width, width_of(text));
  return width;
}

}  // namespace

void print_chart(Output& output, const Chart& chart, bool is_ascii) {
  if (chart.labels.empty() || chart.series.empty()) return;
  const Fills fills{output, is_ascii, chart.series.size()};
  const std::size_t label_width = widest(chart.labels);
  const std::size_t figure_width = widest(chart.figures);
  const std::size_t used = label_width + figure_width + 4;
  constexpr std::size_t cells_min = 10;
  const std::size_t cells = std::max(output.columns(), used + cells_min) - used;
  std::int64_t largest = 0;
  for (std::size_t bar = 0; bar < chart.labels.size(); ++bar)
    largest = std::max(largest, sum_of(chart, bar));
  for (std::size_t bar = 0; bar < chart.labels.size(); ++bar) {
    const std::string& label = chart.labels[bar];
    const std::string& figure = chart.figures[bar];
    std::string line = label + std::string(label_width - width_of(label), ' ') + "  " +
                       std::string(figure_width - width_of(figure), ' ') + figure;
    const std::string body = bar_of(output, chart, bar, largest, cells, fills);
    output.write(line + (body.empty() ? "" : "  " + body) + "\n");
  }
  if (chart.series.size() > 1) {
    output.write("\n");
    print_legend(output, chart, fills);
  }
}

}  // namespace xai::cli
