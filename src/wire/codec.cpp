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

std::string mask_text(const management::FieldMask& mask) {
  std::string text;
  for (const std::string& path : mask.paths) text += (text.empty() ? "" : ",") + path;
  return text;
}

management::FieldMask field_mask_of(std::string_view text) {
  management::FieldMask mask;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view path = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!path.empty()) mask.paths.emplace_back(path);
  }
  return mask;
}

Error error_of(const Fault& fault) {
  std::string_view path = fault.path;
  if (path.starts_with('.')) path.remove_prefix(1);
  std::string message = path.empty() ? "the document" : "`";
  if (!path.empty()) message.append(path).append("`");
  message.append(" should be ").append(fault.expected);
  return {.kind = ErrorKind::malformed_response, .message = std::move(message)};
}

}  // namespace xai::wire
