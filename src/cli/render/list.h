#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/try.h"
#include "cli/render/columns.h"
#include "cli/render/json.h"
#include "cli/session.h"

namespace xai::cli {

/// A list in any format, without the type of its items: where what was rendered goes.
class ListOutput {
 public:
  ListOutput(Session& session, const std::vector<ColumnName>& shown);

  /// Whether items are shown as the service's documents: JSON, a whole or by line.
  [[nodiscard]] bool shows_documents() const;
  [[nodiscard]] bool is_csv() const;

  void add(json::Value document);
  void add_row(std::vector<Cell> cells);
  /// CSV, cell by cell.
  void add_cell(const CsvCell& cell) { record_.add(cell); }
  void end_record() {
    print_header();
    record_.print(session_->output());
  }

  /// Prints what waits.
  void end_page() { table_.print(); }
  /// CSV's header, unless it is out already.
  void leave_header_out() { has_header_ = true; }
  /// Says which columns had no room, once.
  void say_hidden();

  /// The command has no option that chooses columns.
  void take_columns_as_given() { has_columns_option_ = false; }
  /// The end of a list that is whole; in text, what to say when nothing was in it.
  void end(const std::string& if_empty);

 private:
  /// CSV's header, before the first record: a list that is refused has none.
  void print_header();

  Session* session_;
  std::vector<std::string_view> csv_names_{};
  bool has_header_{};
  JsonArray array_;
  JsonLines lines_;
  CsvRecord record_;
  Table table_;
  bool has_said_hidden_{};
  bool has_columns_option_{true};
};

/// A list of T in any format, printed as items come.
template <class T>
class List {
 public:
  /// With all columns, of which nobody can choose.
  static management::Result<List> open(Session& session) {
    auto list = open(session, "");
    if (list) list->output_.take_columns_as_given();
    return list;
  }
  /// Errors: usage for a column that there is not.
  static management::Result<List> open(Session& session, const std::string& typed_columns) {
    std::vector<const ColumnName*> known;
    for (const auto& column : columns<T>()) known.push_back(&column);
    const bool is_csv = session.format() == Format::csv;
    const auto places = TRY(choose_columns(typed_columns, known, is_csv));
    std::vector<const ListColumn<T>*> chosen;
    for (const std::size_t i : places) chosen.push_back(&columns<T>()[i]);
    return List{session, std::move(chosen)};
  }

  void add(const T& item, json::Value document) {
    if (output_.shows_documents())
      add_document(document);
    else
      add(item);
  }

  /// Where documents are shown.
  void add_document(json::Value document) { output_.add(document); }

  /// In text or CSV.
  void add(const T& item) {
    if (output_.is_csv()) {
      for (const auto* column : chosen_) output_.add_cell(csv_cell(*column, item));
      return output_.end_record();
    }
    std::vector<Cell> cells;
    cells.reserve(chosen_.size());
    for (const auto* column : chosen_) cells.push_back(text_cell(*column, item));
    output_.add_row(std::move(cells));
  }

  [[nodiscard]] bool shows_documents() const { return output_.shows_documents(); }
  void end_page() { output_.end_page(); }
  /// From now on CSV has no header.
  void leave_header_out() { output_.leave_header_out(); }
  void say_hidden() { output_.say_hidden(); }
  void end(const std::string& if_empty = {}) { output_.end(if_empty); }

 private:
  List(Session& session, std::vector<const ListColumn<T>*> chosen)
      : session_{&session}, chosen_{std::move(chosen)}, output_{session, names_of(chosen_)} {}

  static std::vector<ColumnName> names_of(const std::vector<const ListColumn<T>*>& chosen) {
    std::vector<ColumnName> names;
    for (const auto* column : chosen) names.push_back(*column);
    return names;
  }

  CsvCell csv_cell(const ListColumn<T>& column, const T& item) const {
    if (column.csv != nullptr) return column.csv(item);
    return {column.text(item, *session_).text};
  }
  Cell text_cell(const ListColumn<T>& column, const T& item) const {
    if (column.text != nullptr) return column.text(item, *session_);
    return {std::string{column.csv(item).words()}};
  }

  Session* session_;
  std::vector<const ListColumn<T>*> chosen_;
  ListOutput output_;
};

}  // namespace xai::cli
