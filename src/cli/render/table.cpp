#include "cli/render/table.h"

#include <algorithm>

#include "cli/render/text.h"

namespace xai::cli {

Table::Table(Output& output, std::vector<Column> columns)
    : output_{&output}, columns_{std::move(columns)} {
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
    std::vector<Cell> header;
    for (const Column& column : columns_) header.push_back({column.header, Style::strong});
    print_row(header);
    is_begun_ = true;
  }
  for (const auto& row : waiting_) print_row(row);
  waiting_.clear();
}

void Table::print_row(const std::vector<Cell>& cells) {
  const std::size_t room = output_->is_terminal() ? output_->columns() : std::string::npos;
  std::size_t used = 0;
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool is_last = i + 1 == cells.size();
    const std::size_t gap = i == 0 ? 0 : 2;
    if (used + gap >= room) break;
    const std::string text = cut_to(cells[i].text, room - used - gap);
    const std::size_t width = width_of(text);
    const std::size_t padding = widths_[i] > width ? widths_[i] - width : 0;
    const bool is_right = columns_[i].is_number;
    line.append(gap, ' ');
    if (is_right) line.append(padding, ' ');
    line += output_->painted(cells[i].style, text);
    if (!is_right && !is_last) line.append(padding, ' ');
    used += gap + width + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  output_->write(line + "\n");
}

void Labels::add(std::string label, const std::string& value, Style style) {
  lines_.emplace_back(std::move(label), Cell{escaped(value), style});
}

void Labels::print(Output& output) const {
  std::size_t width = 0;
  for (const auto& [label, value] : lines_) width = std::max(width, width_of(label));
  for (const auto& [label, value] : lines_)
    output.write(label + ":" + std::string(width - width_of(label) + 2, ' ') +
                 output.painted(value.style, value.text) + "\n");
}

}  // namespace xai::cli
