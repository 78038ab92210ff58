#include "wire/http_binding.h"

#include <algorithm>

#include "base/percent.h"

namespace xai::wire {
namespace {

/// Takes the text up to the next `separator` off the front of `rest`.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

std::string make_target(std::string_view path_template, const std::vector<NamedText>& path_values,
                        const std::vector<NamedText>& query_values) {
  std::string target;
  while (!path_template.empty()) {
    target += take_until(path_template, '{');
    if (path_template.empty()) break;
    const std::string_view name = take_until(path_template, '}');
    const auto found = std::ranges::find(path_values, name, &NamedText::first);
    if (found != path_values.end()) target += base::percent_encode(found->second);
  }
  char separator = '?';
  for (const auto& [name, value] : query_values) {
    target += separator;
    target.append(name).append("=").append(base::percent_encode(value));
    separator = '&';
  }
  return target;
}

std::optional<std::vector<NamedText>> match_path(std::string_view path_template,
                                                 std::string_view path) {
  std::vector<NamedText> values;
  while (true) {
    const bool is_last = !path_template.contains('/');
    if (is_last != !path.contains('/')) return std::nullopt;
    const std::string_view wanted = take_until(path_template, '/');
    const std::string_view given = take_until(path, '/');
    if (wanted.starts_with('{')) {
      auto value = base::percent_decode(given);
      if (!value || value->empty()) return std::nullopt;
      values.emplace_back(wanted.substr(1, wanted.size() - 2), std::move(*value));
    } else if (wanted != given) {
      return std::nullopt;
    }
    if (is_last) return values;
  }
}

std::vector<NamedText> parse_query(std::string_view query) {
  std::vector<NamedText> pairs;
  while (!query.empty()) {
    std::string_view value = take_until(query, '&');
    const std::string_view name = take_until(value, '=');
    if (name.empty()) continue;
    const auto decoded = [](std::string_view text) {
      return base::percent_decode(text, true).value_or(std::string{text});
    };
    pairs.emplace_back(decoded(name), decoded(value));
  }
  return pairs;
}

std::pair<std::string_view, std::string_view> split_target(std::string_view target) {
  const std::string_view path = take_until(target, '?');
  return {path, target};
}

management::Error invalid_request(std::string message) {
  return {.kind = management::ErrorKind::invalid_argument,
          .outcome = management::Outcome::refused,
          .message = std::move(message)};
}

}  // namespace xai::wire
