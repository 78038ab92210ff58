#include "emulator/usage_filter.h"

#include <algorithm>
#include <utility>

namespace xai::emulator {
namespace {

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The pieces between the words, quotes left whole.
std::vector<std::string_view> split(std::string_view text, std::string_view word) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (is_quoted || !text.substr(i).starts_with(word)) continue;
    pieces.push_back(text.substr(start, i - start));
    start = i + word.size();
    i = start - 1;
  }
  pieces.push_back(text.substr(start));
  return pieces;
}

}  // namespace

std::optional<UsageField> parse_usage_field(std::string_view name) {
  if (name == "description") return UsageField::description;
  if (name == "api_key_id") return UsageField::api_key_id;
  if (name == "unit_type") return UsageField::unit_type;
  return std::nullopt;
}

const std::string& value_of(UsageField field, const UsageItem& item) {
  if (field == UsageField::api_key_id) return item.period.api_key_id;
  return field == UsageField::unit_type ? item.unit.unit_type : item.unit.description;
}

std::optional<UsageFilter::Term> UsageFilter::parse_term(std::string_view text) {
  Term term;
  text = trim(text);
  term.is_negated = text.starts_with("NOT ");
  if (term.is_negated) text = trim(text.substr(4));
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto field = parse_usage_field(text.substr(0, colon));
  std::string_view value = trim(text.substr(colon + 1));
  if (value.starts_with('=')) value.remove_prefix(1);
  // Differs: the other operators are for numbers, and no field here is one.
  if (!field || value.empty() || value.front() == '<' || value.front() == '>') return std::nullopt;
  if (value.front() == '"') {
    if (value.size() < 2 || value.find('"', 1) != value.size() - 1) return std::nullopt;
    value = value.substr(1, value.size() - 2);
  }
  term.field = *field;
  term.value = value;
  return term;
}

std::optional<UsageFilter> UsageFilter::parse(const std::vector<std::string>& texts) {
  UsageFilter filter;
  for (const std::string& text : texts) {
    Alternatives& alternatives = filter.filters_.emplace_back();
    for (const std::string_view alternative : split(text, " OR ")) {
      Conjunction& conjunction = alternatives.emplace_back();
      for (const std::string_view piece : split(alternative, " AND ")) {
        auto term = parse_term(piece);
        if (!term) return std::nullopt;
        conjunction.push_back(*std::move(term));
      }
    }
  }
  return filter;
}

bool UsageFilter::matches(const UsageItem& item) const {
  const auto holds = [&](const Term& term) {
    return (value_of(term.field, item) == term.value) != term.is_negated;
  };
  return std::ranges::all_of(filters_, [&](const Alternatives& alternatives) {
    return std::ranges::any_of(alternatives, [&](const Conjunction& conjunction) {
      return std::ranges::all_of(conjunction, holds);
    });
  });
}

}  // namespace xai::emulator
