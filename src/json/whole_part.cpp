#include "json/whole_part.h"

#include <cstddef>
#include <utility>

#include "json/document.h"
#include "xai/management/secret.h"

namespace xai::json {

namespace {

/// The size of the string that `text` begins with, its quotes included; 0 when it has no end.
std::size_t string_size(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return 0;
}

/// The size of the number or literal that `text` begins with; 0 when it may go on, or is neither.
std::size_t scalar_size(std::string_view text) {
  for (const std::string_view literal : {"true", "false", "null"})
    if (text.starts_with(literal)) return literal.size();
  const std::size_t size = text.find_first_not_of("+-.0123456789Ee");
  return size == std::string_view::npos ? 0 : size;
}

}  // namespace

std::string whole_part(std::string_view text) {
  const Limits limits;
  std::string part;
  // Room for all of it at once: a string that grows leaves its old bytes, a secret maybe, behind.
  part.reserve(text.size() + limits.depth_max);
  std::string closing;  // The brackets that close what is open, the innermost last.
  std::size_t whole_size = 0;
  bool is_name = false;  // Whether a string here names a member.
  for (std::size_t i = 0; i < text.size();) {
    std::size_t size = 1;
    bool is_whole = false;
    switch (text[i]) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        break;
      case '{':
      case '[':
        if (closing.size() == limits.depth_max) return {};
        is_name = text[i] == '{';
        closing.push_back(is_name ? '}' : ']');
        is_whole = true;
        break;
      case '}':
      case ']':
        if (!closing.ends_with(text[i])) return {};
        closing.pop_back();
        is_whole = true;
        break;
      case ',':
        is_name = closing.ends_with('}');
        break;
      case ':':
        is_name = false;
        break;
      case '"':
        size = string_size(text.substr(i));
        is_whole = !is_name;
        break;
      default:
        size = scalar_size(text.substr(i));
        is_whole = true;
    }
    if (size == 0) break;
    i += size;
    if (!is_whole) continue;
    whole_size = i;
    if (closing.empty()) break;
  }
  part.append(text.substr(0, whole_size)).append(closing.rbegin(), closing.rend());
  // What stands before the break may be no JSON all the same.
  if (!Document::parse(part)) management::wipe(part);
  return part;
}

}  // namespace xai::json
