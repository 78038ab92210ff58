#include "cli/render/table.h"

#include <algorithm>

#include "cli/render/text.h"

namespace xai::cli {
namespace {

constexpr std::size_t gap_columns = 2;
/// A text that is cut shorter than that says nothing.
constexpr std::size_t text_columns_min = 12;

}  // namespace

Table::Table(Output& output, std::vector<Column> columns, Fit fit)
    : output_{&output}, columns_{std::move(columns)}, shown_count_{columns_.size()}, fit_{fit} {
  for (const Column& column : columns_) widths_.push_back(width_of(column.header));
}

void Table::add(std::vector<Cell> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].text = escaped(cells[i].text);
    if (!is_begun_) widths_[i] = std::max(widths_[i], width_of(cells[i].text));
  }
  waiting_.push_back(std::move(cells));
  ++row_count_;
}

void Table::print() {
  if (waiting_.empty()) return;
  if (!is_begun_) {
    make_room_for_numbers();
    if (fit_ == Fit::hide) hide_what_has_no_room();
    std::vector<Cell> header;
    for (const Column& column : columns_) header.push_back({column.header, Style::strong});
    print_row(header);
    is_begun_ = true;
  }
  for (const auto& row : waiting_) print_row(row);
  waiting_.clear();
}

std::size_t Table::room() const {
  return output_->is_terminal() ? output_->columns() : std::string::npos;
}

void Table::make_room_for_numbers() {
  std::size_t end = columns_.size();
  while (end > 0 && !columns_[end - 1].is_number) --end;
  std::size_t needed = 0;
  std::optional<std::size_t> widest;
  for (std::size_t i = 0; i < end; ++i) {
    needed += widths_[i] + (i == 0 ? 0 : gap_columns);
    if (!columns_[i].is_number && (!widest || widths_[i] > widths_[*widest])) widest = i;
  }
  if (!widest || needed <= room() || widths_[*widest] < needed - room() + text_columns_min) return;
  widths_[*widest] -= needed - room();
  cut_column_ = widest;
}

void Table::hide_what_has_no_room() {
  std::size_t used = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::size_t gap = i == 0 ? 0 : gap_columns;
    // A number without its end is another number; a text may be cut, but not to nothing.
    const std::size_t needed =
        columns_[i].is_number ? widths_[i] : std::min(widths_[i], text_columns_min);
    if (i > 0 && used + gap + needed > room()) {
      shown_count_ = i;
      return;
    }
    used += gap + widths_[i];
  }
}

std::vector<std::string> Table::hidden() const {
  std::vector<std::string> headers;
  for (std::size_t i = shown_count_; i < columns_.size(); ++i)
    headers.push_back(columns_[i].header);
  return headers;
}

void Table::print_row(const std::vector<Cell>& cells) {
  std::size_t used = 0;
  std::string line;
  for (std::size_t i = 0; i < std::min(shown_count_, cells.size()); ++i) {
    const bool is_last = i + 1 == cells.size();
    const std::size_t gap = i == 0 ? 0 : gap_columns;
    if (used + gap >= room()) break;
    const bool is_number = columns_[i].is_number;
    std::size_t limit = room() - used - gap;
    // A number without its end is another number.
    if (is_number && std::max(widths_[i], width_of(cells[i].text)) > limit) break;
    if (i == cut_column_) limit = std::min(limit, widths_[i]);
    const std::string text = cut_to(cells[i].text, limit);
    const std::size_t width = width_of(text);
    const std::size_t padding = widths_[i] > width ? widths_[i] - width : 0;
    line.append(gap, ' ');
    if (is_number) line.append(padding, ' ');
    line += output_->painted(cells[i].style, text);
    if (!is_number && !is_last) line.append(padding, ' ');
    used += gap + width + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  output_->write(line += '\n');
}

void Labels::add(std::string label, const std::string& value, Style style) {
  lines_.emplace_back(std::move(label), Cell{escaped(value), style});
}

void Labels::print(Output& output) const {
  std::size_t width = 0;
  for (const auto& [label, value] : lines_) width = std::max(width, width_of(label));
  for (const auto& [label, value] : lines_) {
    std::string painted = output.painted(value.style, value.text);
    output.write(label + ":" + std::string(width - width_of(label) + 2, ' '));
    output.write(painted);
    output.write("\n");
    management::wipe(painted);
  }
}

Labels::~Labels() {
  for (auto& [label, value] : lines_) management::wipe(value.text);
}

}  // namespace xai::cli
