#include "cli/render/list.h"

#include <utility>

#include "cli/render/text.h"

namespace xai::cli {
namespace {

std::vector<Column> table_columns(const std::vector<ColumnName>& shown) {
  std::vector<Column> columns;
  for (const ColumnName& column : shown)
    columns.push_back({std::string{column.header}, column.is_number});
  return columns;
}

}  // namespace

ListOutput::ListOutput(Session& session, const std::vector<ColumnName>& shown)
    : session_{&session},
      array_{session.output()},
      lines_{session.output()},
      record_{session.is_terminal()},
      table_{session.output(), table_columns(shown), Fit::hide} {
  for (const ColumnName& column : shown) csv_names_.push_back(column.name);
}

void ListOutput::print_header() {
  if (std::exchange(has_header_, true)) return;
  print_csv_header(session_->output(), csv_names_);
}

bool ListOutput::shows_documents() const {
  return session_->format() == Format::json || session_->format() == Format::jsonl;
}

bool ListOutput::is_csv() const { return session_->format() == Format::csv; }

void ListOutput::add(json::Value document) {
  if (session_->is_json())
    array_.add(document);
  else
    lines_.add(document);
}

void ListOutput::add_row(std::vector<Cell> cells) { table_.add(std::move(cells)); }

void ListOutput::say_hidden() {
  const auto& hidden = table_.hidden();
  if (hidden.empty() || std::exchange(has_said_hidden_, true)) return;
  // On a terminal the words belong below the table.
  session_->output().flush();
  session_->messages().release_notes();
  session_->messages().note(
      counted(hidden.size(), "column") + " hidden for lack of room (" + listed(hidden) + "); " +
      (has_columns_option_ ? "choose with --columns" : "--output json shows them all"));
}

void ListOutput::end(const std::string& if_empty) {
  if (is_csv()) print_header();
  table_.print();
  if (session_->is_json()) array_.end();
  say_hidden();
  if (session_->format() == Format::text && table_.is_empty() && !if_empty.empty())
    session_->messages().note(if_empty);
}

}  // namespace xai::cli
