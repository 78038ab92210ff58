#include "cli/render/csv.h"

#include "base/printable.h"
#include "base/unicode.h"

namespace xai::cli {

namespace {

/// Whether a spreadsheet would run the text: the full-width forms are taken for the plain ones.
bool is_formula(std::string_view text) {
  constexpr std::u32string_view beginnings = U"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
  return !text.empty() && beginnings.contains(base::first_code_point(text).value);
}

}  // namespace

void CsvRecord::add(const CsvCell& cell) {
  if (is_for_terminal_)
    add_text(base::escaped(cell.words()), cell.is_ours);
  else
    add_text(cell.words(), cell.is_ours);
}

void CsvRecord::add_text(std::string_view text, bool is_ours) {
  if (has_cell_) line_ += ',';
  has_cell_ = true;
  const std::string_view guard = !is_ours && is_formula(text) ? "'" : "";
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
