#include "json/plain.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace xai::json {

namespace {

/// Sixteen bytes side by side, which every compiler we use compares at once on every processor.
using Bytes [[gnu::vector_size(16)]] = signed char;

/// What cannot stand in a string as it is, or is more than ASCII: those bytes are negative.
Bytes marks_in(Bytes bytes) { return (bytes < ' ') | (bytes == '"') | (bytes == '\\'); }

bool is_plain(char letter) {
  return static_cast<signed char>(letter) >= ' ' && letter != '"' && letter != '\\';
}

using Words [[gnu::vector_size(16)]] = std::uint64_t;

bool has_none(Bytes marks) {
  const auto words = std::bit_cast<Words>(marks);
  return (words[0] | words[1]) == 0;
}

template <class Unsigned>
std::uint64_t load_word(const char* at) {
  Unsigned word{};
  std::memcpy(&word, at, sizeof word);
  return word;
}

Bytes load(const char* at) {
  Bytes bytes{};
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// Whether `size` bytes are all plain.
inline bool is_plain(const char* at, std::size_t size) {
  constexpr std::size_t step = sizeof(Bytes);
  if (size >= step) {
    auto marks = marks_in(load(at + size - step));
    for (std::size_t i = 0; i + step < size; i += step) marks |= marks_in(load(at + i));
    return has_none(marks);
  }
  // The first and the last few bytes, which overlap where there are not enough.
  if (size >= 8) {
    const Words words{load_word<std::uint64_t>(at), load_word<std::uint64_t>(at + size - 8)};
    return has_none(marks_in(std::bit_cast<Bytes>(words)));
  }
  if (size >= 4) {
    const std::uint64_t ends =
        load_word<std::uint32_t>(at) | load_word<std::uint32_t>(at + size - 4) << 32U;
    return has_none(marks_in(std::bit_cast<Bytes>(Words{ends, ends})));
  }
  for (; size > 0; --size)
    if (!is_plain(at[size - 1])) return false;
  return true;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

const char* skip_digits(const char* at) {
  while (is_digit(*at)) ++at;
  return at;
}

const char* skip_space(const char* at) {
  while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t') ++at;
  return at;
}

/// Every function takes the place to read from and gives the place behind what it read, or null.
/// The zero byte behind a std::string is none of what JSON may have, so nothing reads past it.
class PlainReader {
 public:
  PlainReader(const std::string& text, std::size_t depth_max, const ReadString& read_string,
              Builder& builder)
      : end_{text.data() + text.size()},
        depth_max_{depth_max},
        read_string_{&read_string},
        builder_{&builder} {}

  const char* read_value(const char* at, std::uint32_t& likely_size) {
    switch (*at) {
      case '"':
        return this->read_string(at, likely_size);
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

 private:
  /// Objects of a list resemble each other: the string in the same place had this size last time.
  /// Where it still has, the processor can go on behind the string before it has looked into it.
  static constexpr std::size_t place_count = 64;
  using LikelySizes = std::array<std::uint32_t, place_count>;
  static constexpr std::size_t level_count = 8;

  std::uint32_t& likely_size(std::size_t place) {
    return likely_sizes_[depth_ % level_count][place % place_count];
  }

  const char* read_object(const char* at) {
    if (depth_ == depth_max_) return nullptr;
    ++depth_;
    std::size_t count = 0;
    at = skip_space(at + 1);
    while (*at != '}' || count != 0) {
      if (*at != '"') return nullptr;
      at = this->read_string(at, likely_size(2 * count));
      if (at == nullptr) return nullptr;
      at = skip_space(at);
      if (*at != ':') return nullptr;
      at = read_value(skip_space(at + 1), likely_size(2 * count + 1));
      if (at == nullptr) return nullptr;
      ++count;
      at = skip_space(at);
      if (*at == '}') break;
      if (*at != ',') return nullptr;
      at = skip_space(at + 1);
    }
    --depth_;
    return builder_->end_object(count) ? at + 1 : nullptr;
  }

  const char* read_array(const char* at) {
    if (depth_ == depth_max_) return nullptr;
    ++depth_;
    std::size_t count = 0;
    at = skip_space(at + 1);
    while (*at != ']' || count != 0) {
      at = read_value(at, likely_size(count));
      if (at == nullptr) return nullptr;
      ++count;
      at = skip_space(at);
      if (*at == ']') break;
      if (*at != ',') return nullptr;
      at = skip_space(at + 1);
    }
    --depth_;
    return builder_->end_array(count) ? at + 1 : nullptr;
  }

  const char* read_string(const char* quote, std::uint32_t& likely_size) {
    const char* const begin = quote + 1;
    const std::size_t size = likely_size;
    if (size >= static_cast<std::size_t>(end_ - begin) || begin[size] != '"' ||
        !is_plain(begin, size)) [[unlikely]]
      return read_other_string(quote, likely_size);
    return builder_->push(Value::of_string({begin, size})) ? begin + size + 1 : nullptr;
  }

  [[gnu::noinline]] const char* read_other_string(const char* quote, std::uint32_t& likely_size) {
    const char* const begin = quote + 1;
    const char* at = begin;
    constexpr auto step = static_cast<std::ptrdiff_t>(sizeof(Bytes));
    while (end_ - at > step && has_none(marks_in(load(at)))) at += step;
    while (is_plain(*at)) ++at;
    if (*at != '"') return read_rare_string(quote);
    const auto size = static_cast<std::size_t>(at - begin);
    likely_size = static_cast<std::uint32_t>(size);
    return builder_->push(Value::of_string({begin, size})) ? at + 1 : nullptr;
  }

  [[gnu::noinline]] const char* read_rare_string(const char* quote) {
    const char* at = quote + 1;
    while (at < end_ && *at != '"') at += *at == '\\' ? 2 : 1;
    if (at >= end_) return nullptr;
    const auto value = (*read_string_)({quote, static_cast<std::size_t>(at + 1 - quote)});
    return value && builder_->push(*value) ? at + 1 : nullptr;
  }

  const char* read_literal(const char* at, std::string_view literal, Value value) {
    const std::string_view rest{at, static_cast<std::size_t>(end_ - at)};
    return rest.starts_with(literal) && builder_->push(value) ? at + literal.size() : nullptr;
  }

  /// Up to 18 characters, so that it can be no number which the parser finds too large.
  const char* read_number(const char* begin) {
    constexpr std::ptrdiff_t size_max = 18;
    const char* const digits = begin + (*begin == '-' ? 1 : 0);
    if (!is_digit(*digits)) return nullptr;
    const char* end = *digits == '0' ? digits + 1 : skip_digits(digits);
    if (*end == '.') {
      if (!is_digit(end[1])) return nullptr;
      end = skip_digits(end + 1);
    }
    if (end - begin > size_max) return nullptr;
    const auto size = static_cast<std::size_t>(end - begin);
    return builder_->push(Value::of_number({begin, size})) ? end : nullptr;
  }

  const char* end_;
  std::size_t depth_max_;
  std::size_t depth_{};
  const ReadString* read_string_;
  Builder* builder_;
  std::array<LikelySizes, level_count> likely_sizes_{};
};

}  // namespace

bool read_plain(const std::string& text, std::size_t depth_max, const ReadString& read_string,
                Builder& builder) {
  // What recurses has a limit of its own, whatever the caller's.
  constexpr std::size_t recursion_max = 64;
  std::uint32_t likely_size = 0;
  PlainReader reader{text, std::min(depth_max, recursion_max), read_string, builder};
  const char* end = reader.read_value(skip_space(text.data()), likely_size);
  return end != nullptr && skip_space(end) == text.data() + text.size();
}

}  // namespace xai::json
