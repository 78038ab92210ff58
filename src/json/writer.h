#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/value.h"

namespace xai::json {

/// Appends JSON text to a string. `indent` spaces per level, or all on one line for 0.
/// Commas and line breaks follow from the order of calls. A string that grows leaves none of its
/// old bytes behind: a secret may be among them.
class Writer {
 public:
  explicit Writer(std::string& out, int indent = 0) : out_{&out}, indent_{indent} {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  /// The name of the next value in an object.
  void key(std::string_view name);

  void string(std::string_view text);
  /// `text` is a JSON number already.
  void number(std::string_view text);
  void integer(std::int64_t value) { number(std::to_string(value)); }
  void boolean(bool value);
  void null();
  void value(Value value);

 private:
  void append(std::string_view text);
  void separate();
  void open(char bracket);
  void close(char bracket);
  void new_line();
  void quote(std::string_view text, std::string_view behind = {});
  void quote_escaped(std::string_view text);

  std::string* out_;
  int indent_;
  int depth_{};
  bool first_{true};
  bool after_key_{};
};

/// `value` as JSON text.
std::string to_text(Value value, int indent = 0);

}  // namespace xai::json
