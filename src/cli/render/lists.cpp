#include "cli/render/lists.h"

#include "json/writer.h"

namespace xai::cli {

void print_json(Output& output, json::Value value) { output.write(json::to_text(value, 2) + "\n"); }

void JsonArray::add(json::Value item) {
  const std::string text = json::to_text(item, 2);
  std::string shifted;
  for (const char letter : text) {
    shifted += letter;
    if (letter == '\n') shifted += "  ";
  }
  output_->write((is_begun_ ? ",\n  " : "[\n  ") + shifted);
  is_begun_ = true;
}

void JsonArray::end() { output_->write(is_begun_ ? "\n]\n" : "[]\n"); }

void print_json_line(Output& output, json::Value value) {
  output.write(json::to_text(value) + "\n");
}

void print_csv(Output& output, const std::vector<CsvCell>& cells) {
  std::string line;
  for (const CsvCell& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    std::string text = cell.text;
    const bool is_formula =
        !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
    if (is_formula && !cell.is_ours) text.insert(0, "'");
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
      line += text;
      continue;
    }
    line += '"';
    for (const char letter : text) line += letter == '"' ? "\"\"" : std::string(1, letter);
    line += '"';
  }
  output.write(line + "\r\n");
}

void print_csv_header(Output& output, const std::vector<std::string_view>& names) {
  std::vector<CsvCell> cells;
  for (const std::string_view name : names) cells.push_back({std::string{name}, true});
  print_csv(output, cells);
}

}  // namespace xai::cli
