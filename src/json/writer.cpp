#include "json/writer.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/wipe.h"
#include "json/byte_marks.h"

namespace xai::json {
namespace {

/// What is escaped. Bytes of more than ASCII are negative, and are not.
Bytes marks_in(Bytes bytes) {
  return ((bytes < ' ') & (bytes >= 0)) | (bytes == '"') | (bytes == '\\') | (bytes == 0x7f);
}

/// Copies text that is short, as most names are, without a call.
void copy_short(char* place, std::string_view text) {
  const std::size_t size = text.size();
  const auto copy_ends = [&]<class Word>(Word word) {
    for (const std::size_t at : {std::size_t{}, size - sizeof word}) {
      std::memcpy(&word, &text[at], sizeof word);
      std::memcpy(place + at, &word, sizeof word);
    }
  };
  if (size > 2 * sizeof(std::uint64_t)) {
    text.copy(place, size);
  } else if (size >= sizeof(std::uint64_t)) {
    copy_ends(std::uint64_t{});
  } else if (size >= sizeof(std::uint32_t)) {
    copy_ends(std::uint32_t{});
  } else {
    for (std::size_t i = 0; i < size; ++i) place[i] = text[i];
  }
}

}  // namespace

void Writer::append(std::string_view text) { base::append_wiping(*out_, text); }

void Writer::new_line() {
  if (indent_ == 0) return;
  const std::size_t margin = static_cast<std::size_t>(depth_) * static_cast<std::size_t>(indent_);
  base::make_room(*out_, margin + 1);
  out_->append(1, '\n').append(margin, ' ');
}

void Writer::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) append(",");
  first_ = false;
  new_line();
}

void Writer::open(char bracket) {
  separate();
  append({&bracket, 1});
  ++depth_;
  first_ = true;
}

void Writer::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  first_ = false;
  append({&bracket, 1});
}

void Writer::key(std::string_view name) {
  separate();
  quote(name, indent_ == 0 ? ":" : ": ");
  after_key_ = true;
}

void Writer::string(std::string_view text) {
  separate();
  quote(text);
}

void Writer::number(std::string_view text) {
  separate();
  append(text);
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
      // What is as it came needs no looking into.
      if (indent_ == 0 && !value.source().empty()) return number(value.source());
      begin_object();
      for (const Member& member : value.members()) {
        key(member.name);
        this->value(member.value);
      }
      return end_object();
  }
}

void Writer::quote(std::string_view text, std::string_view behind) {
  if (!has_no_mark(text.data(), text.size(), marks_in)) {
    quote_escaped(text);
    append(behind);
    return;
  }
  base::make_room(*out_, text.size() + 2 + behind.size());
  const std::size_t begin = out_->size();
  const std::size_t size = begin + text.size() + 2 + behind.size();
  out_->resize_and_overwrite(size, [&](char* place, std::size_t) {
    place += begin;
    *place++ = '"';
    copy_short(place, text);
    place += text.size();
    *place++ = '"';
    for (const char letter : behind) *place++ = letter;
    return size;
  });
}

void Writer::quote_escaped(std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  append("\"");
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) continue;
    append(text.substr(begin, i - begin));
    begin = i + 1;
    switch (byte) {
      case '"':
        append("\\\"");
        break;
      case '\\':
        append("\\\\");
        break;
      case '\n':
        append("\\n");
        break;
      case '\r':
        append("\\r");
        break;
      case '\t':
        append("\\t");
        break;
      default:
        append("\\u00");
        append(hex.substr(byte >> 4U, 1));
        append(hex.substr(byte & 15U, 1));
    }
  }
  append(text.substr(begin));
  append("\"");
}

std::string to_text(Value value, int indent) {
  std::string text;
  Writer{text, indent}.value(value);
  return text;
}

}  // namespace xai::json
