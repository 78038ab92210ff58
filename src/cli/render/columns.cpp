#include "cli/render/columns.h"

#include <algorithm>

#include "base/closest.h"
#include "base/time_text.h"
#include "cli/exit_code.h"
#include "cli/render/text.h"

namespace xai::cli {
namespace {

std::vector<std::string> words_of(const std::string& typed) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from <= typed.size()) {
    const std::size_t end = std::min(typed.find(',', from), typed.size());
    const std::string word = typed.substr(from, end - from);
    const std::size_t first = word.find_first_not_of(' ');
    words.push_back(first == std::string::npos
                        ? ""
                        : word.substr(first, word.find_last_not_of(' ') - first + 1));
    from = end + 1;
  }
  return words;
}

}  // namespace

CsvCell csv_of(std::string_view text) { return {.of_item = text}; }
CsvCell csv_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return {text};
}
CsvCell csv_of(bool flag) { return {.is_ours = true, .of_item = flag ? "true" : "false"}; }
CsvCell csv_of(std::int64_t number) { return {std::to_string(number), true}; }
CsvCell csv_of(management::Timestamp time) { return {base::format_rfc3339(time), true}; }
CsvCell csv_of(management::Cents cents) { return csv_of(cents.value); }

void declare_columns(Options& options, std::string& columns) {
  options.option("--columns", columns, "NAME,...", "Which columns, and in which order");
}

management::Result<std::vector<std::size_t>> choose_columns(
    const std::string& typed, std::span<const ColumnName* const> known, bool is_csv) {
  std::vector<std::size_t> chosen;
  if (typed.empty()) {
    for (std::size_t i = 0; i < known.size(); ++i)
      if (is_csv ? known[i]->is_in_csv : known[i]->place > 0) chosen.push_back(i);
    if (!is_csv)
      std::ranges::stable_sort(chosen, {}, [&](std::size_t i) { return known[i]->place; });
    return chosen;
  }
  for (const std::string& word : words_of(typed)) {
    const std::string wanted = base::lower(word);
    const auto found = std::ranges::find_if(known, [&](const ColumnName* column) {
      return base::lower(column->name) == wanted || base::lower(column->header) == wanted;
    });
    if (found != known.end()) {
      chosen.push_back(static_cast<std::size_t>(found - known.begin()));
      continue;
    }
    std::vector<std::string> names;
    for (const ColumnName* column : known) names.emplace_back(column->name);
    const std::string meant = base::did_you_mean(word, names);
    return usage_failure("--columns has no column " + in_quotes(word),
                         meant.empty() ? "the columns are " + base::listed_words(names) : meant);
  }
  return chosen;
}

}  // namespace xai::cli
