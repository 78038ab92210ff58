#include "json/parser.h"

#include <boost/json/basic_parser_impl.hpp>
#include <functional>
#include <string>

#include "xai/management/secret.h"

namespace xai::json {

namespace {

/// What the parser tells while it reads, built into values.
class Events {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using Code = boost::json::error_code;

  Events(std::string_view text, Builder& builder) : text_{text}, builder_{&builder} {}

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_object_end(std::size_t size, Code& code) {
    return fits(builder_->end_object(size), code);
  }
  bool on_array_end(std::size_t size, Code& code) { return fits(builder_->end_array(size), code); }

  bool on_key_part(std::string_view part, std::size_t, Code&) { return gather(part); }
  bool on_key(std::string_view part, std::size_t size, Code& code) {
    return on_string(part, size, code);
  }
  bool on_string_part(std::string_view part, std::size_t, Code&) { return gather(part); }
  bool on_string(std::string_view part, std::size_t size, Code& code) {
    return push(Value::of_string(whole(part, size)), code);
  }
  bool on_number_part(std::string_view part, Code&) { return gather(part); }
  bool on_int64(std::int64_t, std::string_view part, Code& code) { return number(part, code); }
  bool on_uint64(std::uint64_t, std::string_view part, Code& code) { return number(part, code); }
  bool on_double(double, std::string_view part, Code& code) { return number(part, code); }
  bool on_bool(bool value, Code& code) { return push(Value::of_boolean(value), code); }
  bool on_null(Code& code) { return push(Value{}, code); }
  bool on_comment_part(std::string_view, Code&) { return true; }
  bool on_comment(std::string_view, Code&) { return true; }

 private:
  bool gather(std::string_view part) {
    gathered_.append(part);
    return true;
  }

  bool number(std::string_view part, Code& code) {
    return push(Value::of_number(whole(part, gathered_.size() + part.size())), code);
  }

  /// The whole of a string or number: a view of the document's text where it stands there as it
  /// is, else (escapes, pieces) a copy in the arena.
  std::string_view whole(std::string_view part, std::size_t size) {
    const bool in_text = !std::less<>{}(part.data(), text_.data()) &&
                         !std::less<>{}(text_.data() + text_.size(), part.data() + part.size());
    if (gathered_.empty() && in_text) return part;
    gathered_.append(part.substr(0, size - gathered_.size()));
    const std::string_view copy = builder_->arena().copy(std::string_view{gathered_});
    management::wipe(gathered_);
    return copy;
  }

  bool push(Value value, Code& code) { return fits(builder_->push(value), code); }

  static bool fits(bool is_good, Code& code) {
    if (!is_good) code = boost::json::make_error_code(boost::json::error::array_too_large);
    return is_good;
  }

  std::string_view text_;
  Builder* builder_;
  std::string gathered_{};
};

Trouble trouble_of(const boost::json::error_code& code) {
  if (!code) return Trouble::none;
  if (code == boost::json::error::incomplete) return Trouble::incomplete;
  if (code == boost::json::error::too_deep) return Trouble::too_deep;
  return code == boost::json::error::array_too_large ? Trouble::too_large : Trouble::malformed;
}

Parsed parse(Builder& builder, std::string_view text, std::size_t depth_max, bool may_go_on) {
  boost::json::parse_options options;
  options.max_depth = depth_max;
  boost::json::basic_parser<Events> parser{options, text, builder};
  boost::json::error_code code;
  const std::size_t used = parser.write_some(may_go_on, text.data(), text.size(), code);
  if (!code && !parser.done()) return {used, Trouble::incomplete};
  return {used, trouble_of(code), code ? code.message() : ""};
}

}  // namespace

Parsed parse_front(Builder& builder, std::string_view text, std::size_t depth_max) {
  return parse(builder, text, depth_max, true);
}

Parsed parse_whole(Builder& builder, std::string_view text, std::size_t depth_max) {
  Parsed parsed = parse(builder, text, depth_max, false);
  if (parsed.trouble == Trouble::none && parsed.used < text.size())
    return {parsed.used, Trouble::malformed,
            boost::json::make_error_code(boost::json::error::extra_data).message()};
  return parsed;
}

std::optional<Value> parse_string(Arena& arena, std::string_view quoted,
                                  std::size_t memory_bytes_max) {
  Builder builder{arena, memory_bytes_max};
  if (parse_whole(builder, quoted, 1).trouble != Trouble::none) return std::nullopt;
  return builder.root();
}

}  // namespace xai::json
