#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "json/builder.h"
#include "json/byte_marks.h"
#include "json/value.h"

namespace xai::json {

/// Reads JSON that is as plain as nearly all answers are, in half of the parser's time. It takes
/// nothing that the parser refuses; what it does not take is malformed or merely rare, which the
/// parser has to decide.
class PlainReader {
 public:
  /// Reads a string, quotes included, that has escapes or more than ASCII in it; none when it is
  /// malformed.
  using ReadString = std::function<std::optional<Value>(std::string_view)>;

  PlainReader(std::size_t depth_max, ReadString read_string, Builder& builder)
      : depth_max_{std::min(depth_max, recursion_max)},
        read_string_{std::move(read_string)},
        builder_{&builder} {}

  /// Reads the value at `at` into the builder. The place behind it, or null: what the builder holds
  /// is worthless then. A zero byte stands at `end`, as behind a std::string; since no JSON may
  /// have one, nothing reads past it.
  const char* read(const char* at, const char* end) {
    end_ = end;
    depth_ = 0;
    return read_value(at, likely_size_);
  }

  /// The closing quote of the string that begins at `begin`, which probably has `likely_size`
  /// bytes; null for one that is not plain.
  [[gnu::always_inline]] static const char* string_end(const char* begin, const char* end,
                                                       std::size_t likely_size) {
    if (likely_size >= static_cast<std::size_t>(end - begin) || begin[likely_size] != '"' ||
        !has_no_mark(begin, likely_size, marks_in)) [[unlikely]]
      return find_string_end(begin, end);
    return begin + likely_size;
  }

  /// The place behind the number at `begin`; null for none. A number has up to 32 characters, and
  /// an exponent two digits: it can be none which the parser finds too large.
  static const char* number_end(const char* begin) {
    constexpr std::ptrdiff_t size_max = 32;
    constexpr std::ptrdiff_t power_digits_max = 2;
    const char* const digits = begin + (*begin == '-' ? 1 : 0);
    if (!is_digit(*digits)) return nullptr;
    const char* end = *digits == '0' ? digits + 1 : skip_digits(digits);
    if (*end == '.') {
      if (!is_digit(end[1])) return nullptr;
      end = skip_digits(end + 1);
    }
    if (*end == 'e' || *end == 'E') {
      const char* const power = end + (end[1] == '-' || end[1] == '+' ? 2 : 1);
      end = skip_digits(power);
      if (end == power || end - power > power_digits_max) return nullptr;
    }
    return end - begin <= size_max ? end : nullptr;
  }

  static bool is_space(char letter) {
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
  }

  static const char* skip_space(const char* at) {
    // Nearly always there is none, which one comparison tells.
    while (*at <= ' ' && is_space(*at)) ++at;
    return at;
  }

 private:
  /// What cannot stand in a string as it is, what Writer writes in another way, and what is more
  /// than ASCII: those bytes are negative.
  static Bytes marks_in(Bytes bytes) {
    return (bytes < ' ') | (bytes == '"') | (bytes == '\\') | (bytes == 0x7f);
  }

  static bool is_plain(char letter) {
    return static_cast<signed char>(letter) >= ' ' && letter != '"' && letter != '\\' &&
           letter != 0x7f;
  }

  static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

  static const char* skip_digits(const char* at) {
    while (is_digit(*at)) ++at;
    return at;
  }

  // Every function takes the place to read from and gives the place behind what it read, or null.

  const char* skip(const char* at) {
    const char* const behind = skip_space(at);
    if (behind != at) [[unlikely]]
      ++other_count_;
    return behind;
  }

  /// Inline where a value may stand, so that only containers cost a call.
  [[gnu::always_inline]] const char* read_value(const char* at, std::uint32_t& likely_size) {
    if (*at == '"') return this->read_string(at, likely_size);
    if (is_digit(*at)) return read_number(at);
    switch (*at) {
      case '{':
        return read_object(at);
      case '[':
        return read_array(at);
      case 't':
        return read_literal(at, "true", Value::of_boolean(true));
      case 'f':
        return read_literal(at, "false", Value::of_boolean(false));
      case 'n':
        return read_literal(at, "null", Value{});
      default:
        return read_number(at);
    }
  }

  /// Objects of a list resemble each other: the string in the same place had this size last time.
  /// Where it still has, the processor can go on behind the string before it has looked into it.
  static constexpr std::size_t place_count = 64;
  using LikelySizes = std::array<std::uint32_t, place_count>;
  static constexpr std::size_t level_count = 8;

  [[gnu::noinline]] const char* read_object(const char* at) {
    if (depth_ == depth_max_) return nullptr;
    const char* const begin = at;
    const std::size_t other_count = other_count_;
    LikelySizes& likely_sizes = likely_sizes_[++depth_ % level_count];
    std::size_t count = 0;
    at = skip(at + 1);
    while (*at != '}' || count != 0) {
      if (*at != '"') return nullptr;
      at = this->read_string(at, likely_sizes[2 * count % place_count]);
      if (at == nullptr) return nullptr;
      at = skip(at);
      if (*at != ':') return nullptr;
      at = read_value(skip(at + 1), likely_sizes[(2 * count + 1) % place_count]);
      if (at == nullptr) return nullptr;
      ++count;
      at = skip(at);
      if (*at == '}') break;
      if (*at != ',') return nullptr;
      at = skip(at + 1);
    }
    --depth_;
    ++at;
    const std::string_view source{begin, static_cast<std::size_t>(at - begin)};
    const bool is_verbatim = other_count == other_count_;
    return builder_->end_object(count, is_verbatim ? source : std::string_view{}) ? at : nullptr;
  }

  [[gnu::noinline]] const char* read_array(const char* at) {
    if (depth_ == depth_max_) return nullptr;
    LikelySizes& likely_sizes = likely_sizes_[++depth_ % level_count];
    std::size_t count = 0;
    at = skip(at + 1);
    while (*at != ']' || count != 0) {
      at = read_value(at, likely_sizes[count % place_count]);
      if (at == nullptr) return nullptr;
      ++count;
      at = skip(at);
      if (*at == ']') break;
      if (*at != ',') return nullptr;
      at = skip(at + 1);
    }
    --depth_;
    return builder_->end_array(count) ? at + 1 : nullptr;
  }

  const char* read_string(const char* quote, std::uint32_t& likely_size) {
    const char* const begin = quote + 1;
    const char* const end = string_end(begin, end_, likely_size);
    if (end == nullptr) [[unlikely]]
      return read_rare_string(quote);
    const auto size = static_cast<std::size_t>(end - begin);
    likely_size = static_cast<std::uint32_t>(size);
    return builder_->push(Value::of_string({begin, size})) ? end + 1 : nullptr;
  }

  [[gnu::noinline]] static const char* find_string_end(const char* at, const char* end) {
    constexpr auto step = static_cast<std::ptrdiff_t>(sizeof(Bytes));
    while (end - at > step && has_none(marks_in(load(at)))) at += step;
    while (is_plain(*at)) ++at;
    return *at == '"' ? at : nullptr;
  }

  [[gnu::noinline]] const char* read_rare_string(const char* quote) {
    ++other_count_;
    const char* at = quote + 1;
    while (at < end_ && *at != '"') at += *at == '\\' ? 2 : 1;
    if (at >= end_) return nullptr;
    const auto value = read_string_({quote, static_cast<std::size_t>(at + 1 - quote)});
    return value && builder_->push(*value) ? at + 1 : nullptr;
  }

  const char* read_literal(const char* at, std::string_view literal, Value value) {
    const std::string_view rest{at, static_cast<std::size_t>(end_ - at)};
    return rest.starts_with(literal) && builder_->push(value) ? at + literal.size() : nullptr;
  }

  const char* read_number(const char* begin) {
    const char* const end = number_end(begin);
    if (end == nullptr) return nullptr;
    const auto size = static_cast<std::size_t>(end - begin);
    return builder_->push(Value::of_number({begin, size})) ? end : nullptr;
  }

  /// What recurses has a limit of its own, whatever the caller's.
  static constexpr std::size_t recursion_max = 64;

  const char* end_{};
  std::size_t depth_max_;
  std::size_t depth_{};
  std::size_t other_count_{};  ///< Of spaces, and of strings that Writer would write otherwise.
  ReadString read_string_;
  Builder* builder_;
  std::uint32_t likely_size_{};  ///< Of a string that is no part of a container.
  std::array<LikelySizes, level_count> likely_sizes_{};
};

}  // namespace xai::json
