#include "cli/render/csv.h"

namespace xai::cli {

void CsvRecord::add(const CsvCell& cell) {
  if (has_cell_) line_ += ',';
  has_cell_ = true;
  const std::string_view text = cell.words();
  const bool is_formula = !cell.is_ours && !text.empty() &&
                          std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
  const std::string_view guard = is_formula ? "'" : "";
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    line_.append(guard).append(text);
    return;
  }
  line_.append("\"").append(guard);
  for (const char letter : text) line_.append(letter == '"' ? 2 : 1, letter);
  line_ += '"';
}

void CsvRecord::print(Output& output) {
  line_ += "\r\n";
  output.write(line_);
  line_.clear();
  has_cell_ = false;
}

void print_csv_header(Output& output, const std::vector<std::string_view>& names) {
  CsvRecord header;
  for (const std::string_view name : names) header.add({.is_ours = true, .of_item = name});
  header.print(output);
}

}  // namespace xai::cli
