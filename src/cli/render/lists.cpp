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

void append_csv(std::string& record, std::string_view text, bool is_ours) {
  const bool is_formula = !is_ours && !text.empty() &&
                          std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
  const std::string_view guard = is_formula ? "'" : "";
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    record.append(guard).append(text);
    return;
  }
  record.append("\"").append(guard);
  for (const char letter : text) record.append(letter == '"' ? 2 : 1, letter);
  record += '"';
}

void print_csv(Output& output, const std::vector<CsvCell>& cells) {
  std::string line;
  for (const CsvCell& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    append_csv(line, cell.text, cell.is_ours);
  }
  output.write(line + "\r\n");
}

void print_csv_header(Output& output, const std::vector<std::string_view>& names) {
  std::vector<CsvCell> cells;
  for (const std::string_view name : names) cells.push_back({std::string{name}, true});
  print_csv(output, cells);
}

}  // namespace xai::cli
