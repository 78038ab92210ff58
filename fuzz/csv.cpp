// Records of CSV: a strict reader of RFC 4180 gets back the cells that were printed, and a
// spreadsheet runs none of them that came from outside.
#include "cli/render/csv.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "base/unicode.h"
#include "input.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

using Cells = std::vector<std::string>;

/// Reads what stands between two commas; none where RFC 4180 has no such cell.
std::optional<std::string> take_cell(std::string_view& rest) {
  std::string cell;
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find_first_of(",\r\n\""), rest.size());
    cell = rest.substr(0, end);
    rest.remove_prefix(end);
    return cell;
  }
  rest.remove_prefix(1);
  while (true) {
    const std::size_t end = rest.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    cell += rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (!rest.starts_with('"')) return cell;
    cell += '"';
    rest.remove_prefix(1);
  }
}

/// All records, each of which ends in CR and LF; none where the text is not of that form.
std::optional<std::vector<Cells>> records_of(std::string_view rest) {
  std::vector<Cells> records;
  while (!rest.empty()) {
    Cells& cells = records.emplace_back();
    while (true) {
      auto cell = take_cell(rest);
      if (!cell) return std::nullopt;
      cells.push_back(*std::move(cell));
      if (rest.starts_with("\r\n")) break;
      if (!rest.starts_with(',')) return std::nullopt;
      rest.remove_prefix(1);
    }
    rest.remove_prefix(2);
  }
  return records;
}

/// Whether a spreadsheet takes the text for a formula, by its first letter alone.
bool begins_formula(std::string_view text) {
  for (const std::string_view beginning :
       {"=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"})
    if (text.starts_with(beginning)) return true;
  return false;
}

struct Wanted {
  std::string text;
  bool is_ours;
};

void look_at_cell(const std::string& read, const Wanted& wanted) {
  if (wanted.is_ours) return require(read == wanted.text, "what is ours is as it was");
  require(!begins_formula(read), "no formula comes from outside");
  require(read == (begins_formula(wanted.text) ? "'" : "") + wanted.text,
          "an apostrophe goes before a formula, and all else is as it was");
}

}  // namespace

void csv(std::string_view bytes) {
  Input input{bytes};
  const bool is_for_terminal = input.choice(2) == 1;
  std::string text;
  cli::Output output{[&](std::string_view part) {
                       text += part;
                       return 0;
                     },
                     is_for_terminal};
  cli::CsvRecord record{is_for_terminal};
  std::vector<std::vector<Wanted>> all;
  // NUL ends a cell, and the letter before a cell says what it is.
  constexpr std::string_view separator{"\0", 1};
  all.emplace_back();
  while (!input.is_empty()) {
    const std::uint8_t kind = input.byte();
    const std::string cell{input.until(separator)};
    const bool is_ours = kind % 2 == 1;
    if (kind % 4 < 2)
      record.add({.text = cell, .is_ours = is_ours});
    else
      record.add({.is_ours = is_ours, .of_item = cell});
    all.back().push_back({is_for_terminal ? base::escaped(cell) : cell, is_ours});
    if (kind % 8 < 4 || input.is_empty()) continue;
    record.print(output);
    all.emplace_back();
  }
  if (all.back().empty()) all.back().push_back({"", true});
  record.print(output);
  require(output.flush(), "all is written");
  const auto records = records_of(text);
  require(records.has_value(), "it is of the form of RFC 4180");
  require(records->size() == all.size(), "as many records come back");
  for (std::size_t i = 0; i < all.size(); ++i) {
    require((*records)[i].size() == all[i].size(), "as many cells come back");
    for (std::size_t j = 0; j < all[i].size(); ++j) look_at_cell((*records)[i][j], all[i][j]);
  }
}

}  // namespace xai::fuzz
