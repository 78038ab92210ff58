#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/render/output.h"

namespace xai::cli {

/// What a cell of CSV is about to hold.
struct CsvCell {
  std::string text{};
  bool is_ours{};              ///< A figure, a time or a word of our own making.
  std::string_view of_item{};  ///< Instead of `text`: a text of the item, which outlives the cell.

  [[nodiscard]] std::string_view words() const { return of_item.empty() ? text : of_item; }
};

/// A record of RFC 4180 under way. Text from outside that a spreadsheet would run as a formula gets
/// an apostrophe in front; on a terminal what is hidden in it is escaped.
class CsvRecord {
 public:
  explicit CsvRecord(bool is_for_terminal = false) : is_for_terminal_{is_for_terminal} {}

  void add(const CsvCell& cell);
  /// Ends the record; the next one begins.
  void print(Output& output);

 private:
  void add_text(std::string_view text, bool is_ours);

  std::string line_{};
  bool is_for_terminal_;
  bool has_cell_{};
};

void print_csv_header(Output& output, const std::vector<std::string_view>& names);

}  // namespace xai::cli
