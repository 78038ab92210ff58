#include "json/writer.h"

#include <cstdint>
#include <cstring>

namespace xai::json {
namespace {

/// Whether eight bytes certainly need no escape.
bool is_plain(const char* bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = 0x8080808080808080;
  // Marks each byte that is less than `bound`, and perhaps one above such a byte.
  const auto below = [](std::uint64_t word, std::uint64_t bound) {
    return (word - ones * bound) & ~word & highs;
  };
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (below(word, 0x20) | below(word ^ (ones * '"'), 1) | below(word ^ (ones * '\\'), 1) |
          below(word ^ (ones * 0x7f), 1)) == 0;
}

/// How many bytes at the front of `text` certainly need no escape; nearly always all of them.
std::size_t plain_prefix(std::string_view text) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  if (text.size() < step) return 0;
  std::size_t size = 0;
  for (; size + step <= text.size(); size += step)
    if (!is_plain(text.data() + size)) return size;
  return is_plain(text.data() + text.size() - step) ? text.size() : size;
}

}  // namespace

void Writer::new_line() {
  if (indent_ == 0) return;
  out_->push_back('\n');
  out_->append(static_cast<std::size_t>(depth_) * static_cast<std::size_t>(indent_), ' ');
}

void Writer::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_->push_back(',');
  first_ = false;
  new_line();
}

void Writer::open(char bracket) {
  separate();
  out_->push_back(bracket);
  ++depth_;
  first_ = true;
}

void Writer::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  first_ = false;
  out_->push_back(bracket);
}

void Writer::key(std::string_view name) {
  separate();
  quote(name);
  out_->append(indent_ == 0 ? ":" : ": ");
  after_key_ = true;
}

void Writer::string(std::string_view text) {
  separate();
  quote(text);
}

void Writer::number(std::string_view text) {
  separate();
  out_->append(text);
}

void Writer::boolean(bool value) { number(value ? "true" : "false"); }

void Writer::null() { number("null"); }

void Writer::value(Value value) {
  switch (value.kind()) {
    case Kind::null:
      return null();
    case Kind::boolean:
      return boolean(value.boolean());
    case Kind::number:
      return number(value.text());
    case Kind::string:
      return string(value.text());
    case Kind::array:
      begin_array();
      for (const Value& item : value.items()) this->value(item);
      return end_array();
    case Kind::object:
      begin_object();
      for (const Member& member : value.members()) {
        key(member.name);
        this->value(member.value);
      }
      return end_object();
  }
}

void Writer::quote(std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  out_->push_back('"');
  std::size_t begin = 0;
  for (std::size_t i = plain_prefix(text); i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) continue;
    out_->append(text.substr(begin, i - begin));
    begin = i + 1;
    switch (byte) {
      case '"':
        out_->append("\\\"");
        break;
      case '\\':
        out_->append("\\\\");
        break;
      case '\n':
        out_->append("\\n");
        break;
      case '\r':
        out_->append("\\r");
        break;
      case '\t':
        out_->append("\\t");
        break;
      default:
        out_->append({'\\', 'u', '0', '0', hex[byte >> 4U], hex[byte & 15U]});
    }
  }
  out_->append(text.substr(begin));
  out_->push_back('"');
}

std::string to_text(Value value, int indent) {
  std::string text;
  Writer{text, indent}.value(value);
  return text;
}

}  // namespace xai::json
