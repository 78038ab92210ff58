#include "json/document.h"

#include <boost/json/basic_parser_impl.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "xai/management/secret.h"

namespace xai::json {

using management::Error;
using management::ErrorKind;
using management::Result;

namespace {

/// Receives the parser's events. Finished values wait on a stack until their container ends.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using Code = boost::json::error_code;

  Builder(std::string_view text, Arena& arena, std::size_t memory_bytes_max)
      : text_{text}, arena_{&arena}, memory_bytes_max_{memory_bytes_max} {}

  Value root() const { return values_.empty() ? Value{} : values_.front(); }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_array_begin(Code&) { return true; }

  bool on_object_end(std::size_t size, Code& code) {
    const std::size_t first = values_.size() - size;
    const std::size_t first_name = names_.size() - size;
    const std::span<Member> members = arena_->make<Member>(size);
    for (std::size_t i = 0; i < size; ++i)
      std::construct_at(&members[i], names_[first_name + i], values_[first + i]);
    names_.resize(first_name);
    values_.resize(first);
    return push(values_, Value::of_object(members), code) && within_limit(0, code);
  }

  bool on_array_end(std::size_t size, Code& code) {
    const std::size_t first = values_.size() - size;
    const auto items = arena_->copy(std::span<const Value>{values_}.subspan(first));
    values_.resize(first);
    return push(values_, Value::of_array(items), code) && within_limit(0, code);
  }

  bool on_key_part(std::string_view part, std::size_t, Code&) { return gather(part); }
  bool on_key(std::string_view part, std::size_t size, Code& code) {
    return push(names_, whole(part, size), code);
  }
  bool on_string_part(std::string_view part, std::size_t, Code&) { return gather(part); }
  bool on_string(std::string_view part, std::size_t size, Code& code) {
    return push(values_, Value::of_string(whole(part, size)), code);
  }
  bool on_number_part(std::string_view part, Code&) { return gather(part); }
  bool on_int64(std::int64_t, std::string_view part, Code& code) { return number(part, code); }
  bool on_uint64(std::uint64_t, std::string_view part, Code& code) { return number(part, code); }
  bool on_double(double, std::string_view part, Code& code) { return number(part, code); }
  bool on_bool(bool value, Code& code) { return push(values_, Value::of_boolean(value), code); }
  bool on_null(Code& code) { return push(values_, Value{}, code); }
  bool on_comment_part(std::string_view, Code&) { return true; }
  bool on_comment(std::string_view, Code&) { return true; }

 private:
  bool gather(std::string_view part) {
    gathered_.append(part);
    return true;
  }

  bool number(std::string_view part, Code& code) {
    return push(values_, Value::of_number(whole(part, gathered_.size() + part.size())), code);
  }

  /// The whole of a string or number: a view of the document's text where it stands there as it
  /// is, else (escapes, pieces) a copy in the arena.
  std::string_view whole(std::string_view part, std::size_t size) {
    const bool in_text = !std::less<>{}(part.data(), text_.data()) &&
                         !std::less<>{}(text_.data() + text_.size(), part.data() + part.size());
    if (gathered_.empty() && in_text) return part;
    gathered_.append(part.substr(0, size - gathered_.size()));
    const std::string_view copy = arena_->copy(std::string_view{gathered_});
    management::wipe(gathered_);
    return copy;
  }

  /// What is copied for strings counts when a container ends or a stack grows.
  template <class T>
  bool push(std::vector<T>& stack, T item, Code& code) {
    if (stack.size() == stack.capacity() && !within_limit(stack.capacity() * sizeof(T), code))
      return false;
    stack.push_back(item);
    return true;
  }

  bool within_limit(std::size_t growth, Code& code) {
    const std::size_t waiting =
        values_.capacity() * sizeof(Value) + names_.capacity() * sizeof(std::string_view);
    if (arena_->bytes() + waiting + growth <= memory_bytes_max_) return true;
    code = boost::json::make_error_code(boost::json::error::array_too_large);
    return false;
  }

  std::string_view text_;
  Arena* arena_;
  std::size_t memory_bytes_max_;
  std::vector<Value> values_{};
  std::vector<std::string_view> names_{};
  std::string gathered_{};
};

}  // namespace

Document::Parts::~Parts() { management::wipe(text); }

Document::Document() : parts_{std::make_unique<Parts>()} {}

Result<Document> Document::parse(std::string text, const Limits& limits) {
  Document document;
  document.parts_->text = std::move(text);
  const std::string_view whole = document.parts_->text;
  boost::json::parse_options options;
  options.max_depth = limits.depth_max;
  boost::json::basic_parser<Builder> parser{options, whole, document.parts_->arena,
                                            limits.memory_bytes_max};
  boost::json::error_code code;
  const std::size_t used = parser.write_some(false, whole.data(), whole.size(), code);
  if (!code && used < whole.size())
    code = boost::json::make_error_code(boost::json::error::extra_data);
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
  document.root_ = parser.handler().root();
  return document;
}

}  // namespace xai::json
