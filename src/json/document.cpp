#include "json/document.h"

#include <boost/json/basic_parser_impl.hpp>
#include <functional>
#include <optional>
#include <utility>

#include "json/builder.h"
#include "json/plain.h"
#include "xai/management/secret.h"

namespace xai::json {

using management::Error;
using management::ErrorKind;
using management::Result;

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

struct Parsed {
  std::size_t used;  ///< Bytes.
  boost::json::error_code code;
};

/// Reads one value, which is all of `text`, into `builder`.
Parsed parse_into(Builder& builder, std::string_view text, std::size_t depth_max) {
  boost::json::parse_options options;
  options.max_depth = depth_max;
  boost::json::basic_parser<Events> parser{options, text, builder};
  Parsed parsed{};
  parsed.used = parser.write_some(false, text.data(), text.size(), parsed.code);
  if (!parsed.code && parsed.used < text.size())
    parsed.code = boost::json::make_error_code(boost::json::error::extra_data);
  return parsed;
}

}  // namespace

Document::Parts::~Parts() { management::wipe(text); }

Document::Document() : parts_{std::make_unique<Parts>()} {}

Result<Document> Document::parse(std::string text, const Limits& limits) {
  Document document;
  document.parts_->text = std::move(text);
  const std::string& whole = document.parts_->text;
  Arena& arena = document.parts_->arena;
  const auto read_string = [&](std::string_view quoted) -> std::optional<Value> {
    Builder builder{arena, limits.memory_bytes_max};
    if (parse_into(builder, quoted, limits.depth_max).code) return std::nullopt;
    return builder.root();
  };
  Builder plain{arena, limits.memory_bytes_max};
  if (read_plain(whole, limits.depth_max, read_string, plain)) {
    document.root_ = plain.root();
    return document;
  }
  arena = {};
  Builder builder{arena, limits.memory_bytes_max};
  const auto [used, code] = parse_into(builder, whole, limits.depth_max);
  if (code) {
    Error error{.kind = ErrorKind::malformed_response};
    const std::string place = " at byte " + std::to_string(used);
    if (code == boost::json::error::too_deep)
      error.message = "JSON nested more than " + std::to_string(limits.depth_max) + " deep" + place;
    else if (code == boost::json::error::array_too_large)
      error.message = "JSON that takes more than " +
                      std::to_string(limits.memory_bytes_max >> 20U) + " MiB once parsed";
    else if (code == boost::json::error::incomplete)
      error.message = "JSON that breaks off after " + std::to_string(whole.size()) + " bytes";
    else
      error.message = "not JSON" + place + " (" + code.message() + ")";
    return std::unexpected(std::move(error));
  }
  document.root_ = builder.root();
  return document;
}

}  // namespace xai::json
