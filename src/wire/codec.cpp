#include "wire/codec.h"

#include <cctype>

namespace xai::wire {

using management::Error;
using management::ErrorKind;
using management::Timestamp;

bool is_same_name(std::string_view name, std::string_view given) {
  std::size_t i = 0;
  std::size_t j = 0;
  const auto lower = [](char letter) { return std::tolower(static_cast<unsigned char>(letter)); };
  while (true) {
    while (i < name.size() && name[i] == '_') ++i;
    while (j < given.size() && given[j] == '_') ++j;
    if (i == name.size() || j == given.size()) return i == name.size() && j == given.size();
    if (lower(name[i++]) != lower(given[j++])) return false;
  }
}

std::optional<std::int64_t> integer_of(json::Value value) {
  std::string_view text = value.text();
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Timestamp> timestamp_of(json::Value value) {
  if (const auto time = base::parse_rfc3339(value.text())) return time;
  const auto seconds = integer_of(value);
  constexpr std::int64_t year_9999 = 253'402'300'799;
  if (!seconds || *seconds < 0 || *seconds > year_9999) return std::nullopt;
  return Timestamp{std::chrono::seconds{*seconds}};
}

std::optional<bool> boolean_of(json::Value value) {
  if (value.kind() == json::Kind::boolean) return value.boolean();
  if (value.is_string() && value.text() == "true") return true;
  if (value.is_string() && value.text() == "false") return false;
  return std::nullopt;
}

Error error_of(const Fault& fault) {
  std::string_view path = fault.path;
  if (path.starts_with('.')) path.remove_prefix(1);
  const std::string place = path.empty() ? "the document" : "`" + std::string{path} + "`";
  return {.kind = ErrorKind::malformed_response,
          .message = place + " should be " + std::string{fault.expected}};
}

}  // namespace xai::wire
