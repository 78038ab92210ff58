#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/render/output.h"
#include "json/value.h"

namespace xai::cli {

/// One JSON value, indented for people.
void print_json(Output& output, json::Value value);

/// A JSON array whose items are printed as they come. The closing bracket is `end`'s: without
/// it the text parses nowhere, which is how a list that broke off is told from a short one.
class JsonArray {
 public:
  explicit JsonArray(Output& output) : output_{&output} {}
  void add(json::Value item);
  void end();

 private:
  Output* output_;
  bool is_begun_{};
};

/// One JSON value per line.
void print_json_line(Output& output, json::Value value);

/// A CSV cell. `is_ours` is true for figures and fixed words of our own making.
struct CsvCell {
  std::string text{};
  bool is_ours{};
};

/// One record of RFC 4180. Text from outside that a spreadsheet would run as a formula gets an
/// apostrophe in front.
void print_csv(Output& output, const std::vector<CsvCell>& cells);
/// Appends one cell, quoted where it must be, to a record under way.
void append_csv(std::string& record, std::string_view text, bool is_ours);
void print_csv_header(Output& output, const std::vector<std::string_view>& names);

}  // namespace xai::cli
