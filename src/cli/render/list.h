#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/try.h"
#include "cli/render/columns.h"
#include "cli/session.h"

namespace xai::cli {

/// A list in any format, without the type of its items: where what was rendered goes.
class ListOutput {
 public:
  /// Prints CSV's header.
  ListOutput(Session& session, const std::vector<ColumnName>& shown);

  /// Whether items are shown as the service's documents: JSON, a whole or by line.
  [[nodiscard]] bool shows_documents() const;
  [[nodiscard]] bool is_csv() const;

  void add(json::Value document);
  void add_row(std::vector<Cell> cells);
  void add_record(const std::vector<CsvCell>& cells);

  /// Prints what waits.
  void end_page() { table_.print(); }
  /// The end of a list that is whole; says which columns had no room.
  void end();

 private:
  Session* session_;
  JsonArray array_;
  Table table_;
};

/// A list of T in any format, printed as items come.
template <class T>
class List {
 public:
  /// Errors: usage for a column that there is not.
  static management::Result<List> open(Session& session, const std::string& typed_columns = {}) {
    std::vector<const ColumnName*> known;
    for (const auto& column : columns<T>()) known.push_back(&column);
    auto chosen = TRY(choose_columns(typed_columns, known, session.format() == Format::csv));
    return List{session, std::move(chosen)};
  }

  void add(const T& item, json::Value document) {
    if (output_.shows_documents())
      output_.add(document);
    else
      add(item);
  }

  /// In text or CSV.
  void add(const T& item) {
    if (output_.is_csv()) {
      std::vector<CsvCell> cells;
      for (const std::size_t i : chosen_) cells.push_back(csv_cell(columns<T>()[i], item));
      return output_.add_record(cells);
    }
    std::vector<Cell> cells;
    for (const std::size_t i : chosen_) cells.push_back(text_cell(columns<T>()[i], item));
    output_.add_row(std::move(cells));
  }

  [[nodiscard]] bool shows_documents() const { return output_.shows_documents(); }
  void end_page() { output_.end_page(); }
  void end() { output_.end(); }

 private:
  List(Session& session, std::vector<std::size_t> chosen)
      : session_{&session}, chosen_{std::move(chosen)}, output_{session, names_of(chosen_)} {}

  static std::vector<ColumnName> names_of(const std::vector<std::size_t>& chosen) {
    std::vector<ColumnName> names;
    for (const std::size_t i : chosen) names.push_back(columns<T>()[i]);
    return names;
  }

  CsvCell csv_cell(const ListColumn<T>& column, const T& item) const {
    if (column.csv != nullptr) return column.csv(item);
    return {column.text(item, *session_).text};
  }
  Cell text_cell(const ListColumn<T>& column, const T& item) const {
    if (column.text != nullptr) return column.text(item, *session_);
    return {column.csv(item).text};
  }

  Session* session_;
  std::vector<std::size_t> chosen_;
  ListOutput output_;
};

}  // namespace xai::cli
