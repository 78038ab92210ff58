#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/render/output.h"

namespace xai::cli {

struct Cell {
  std::string text{};  ///< From outside or not: the table escapes it.
  Style style{};
};

struct Column {
  std::string header;
  bool is_number{};  ///< Lined up at the right, and never shown in part.
};

/// What becomes of columns that the terminal has no room for.
enum class Fit : std::uint8_t {
  cut,   ///< The line ends where the terminal does.
  hide,  ///< They are left out; `Table::hidden` names them.
};

/// An aligned table that can be printed in parts: the first part fixes the widths, so memory
/// grows with a part and not with the list. Lines are cut to a terminal and whole in a pipe; before
/// numbers are cut off, the widest text in front of them is.
class Table {
 public:
  Table(Output& output, std::vector<Column> columns, Fit fit = Fit::cut);

  void add(std::vector<Cell> cells);
  /// Prints the rows that wait; the header goes before the first of them.
  void print();
  [[nodiscard]] bool is_empty() const { return row_count_ == 0; }
  /// The headers of the columns that were left out, once printing has begun.
  [[nodiscard]] std::vector<std::string> hidden() const;

 private:
  void print_row(const std::vector<Cell>& cells);
  void make_room_for_numbers();
  void hide_what_has_no_room();
  /// How many columns of the screen a line may take.
  [[nodiscard]] std::size_t room() const;

  Output* output_;
  std::vector<Column> columns_;
  std::vector<std::size_t> widths_;
  std::optional<std::size_t> cut_column_{};  ///< One whose cells are cut to its width.
  std::size_t shown_count_;                  ///< Of the columns, from the left.
  Fit fit_;
  std::vector<std::vector<Cell>> waiting_{};
  std::size_t row_count_{};
  bool is_begun_{};
};

/// Labelled lines, `Label:  value`, values lined up: for one thing with many sides.
class Labels {
 public:
  Labels() = default;
  Labels(const Labels&) = delete;
  Labels(Labels&&) noexcept = default;
  Labels& operator=(const Labels&) = delete;
  Labels& operator=(Labels&&) = delete;
  /// One of the values may be a secret.
  ~Labels();
  void add(std::string label, const std::string& value, Style style = Style::plain);
  void print(Output& output) const;

 private:
  std::vector<std::pair<std::string, Cell>> lines_{};
};

}  // namespace xai::cli
