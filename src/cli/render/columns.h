#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/render/csv.h"
#include "cli/render/table.h"
#include "cli/session.h"
#include "xai/management/cents.h"
#include "xai/management/result.h"

namespace xai::cli {

/// What is known of a column without the type of its items.
struct ColumnName {
  std::string_view name;    ///< CSV's header; the service's own word where it has one.
  std::string_view header;  ///< In text.
  int place{};              ///< From the left in text, from 1; 0: only when asked for.
  bool is_in_csv{true};     ///< Without being asked for.
  bool is_number{};
};

/// A column of a list: what text and CSV show of one item.
template <class T>
struct ListColumn : ColumnName {
  CsvCell (*csv)(const T&);                  ///< Null: as in text.
  Cell (*text)(const T&, const Session&){};  ///< Null: as in CSV.
};

/// The columns of a list in CSV's order: specialised once per type of item.
template <class T>
const std::vector<ListColumn<T>>& columns();

// How CSV writes a value of each type. A text must outlive its cell.
CsvCell csv_of(std::string_view text);
CsvCell csv_of(const std::vector<std::string>& words);
CsvCell csv_of(bool flag);
CsvCell csv_of(std::int64_t number);
inline CsvCell csv_of(std::int32_t number) { return csv_of(std::int64_t{number}); }
CsvCell csv_of(management::Timestamp time);
CsvCell csv_of(management::Cents cents);
template <class Value>
CsvCell csv_of(const std::optional<Value>& value) {
  return value ? csv_of(*value) : CsvCell{};
}

/// A member in CSV.
template <auto member>
inline constexpr auto csv_member = [](const auto& item) -> CsvCell { return csv_of(item.*member); };

/// A time in text; `past_member` for one that cannot lie ahead.
template <auto member>
inline constexpr auto time_member = [](const auto& item, const Session& session) -> Cell {
  return {session.shown_time(item.*member, "-")};
};

template <auto member>
inline constexpr auto past_member = [](const auto& item, const Session& session) -> Cell {
  return {session.shown_past(item.*member, "-")};
};

/// `--columns`, as typed: names or headers with commas between them.
void declare_columns(Options& options, std::string& columns);

/// What a list without further options is given.
struct ColumnsInput {
  std::string columns{};

  void declare(Options& options) { declare_columns(options, columns); }
};

/// Which of `known` are shown, in order: those that `typed` names, else those of the format.
/// Errors: usage for a name that is none.
management::Result<std::vector<std::size_t>> choose_columns(
    const std::string& typed, std::span<const ColumnName* const> known, bool is_csv);

}  // namespace xai::cli
