#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace xai::json {

/// Sixteen bytes side by side, which every compiler we use compares at once on every processor.
using Bytes [[gnu::vector_size(16)]] = signed char;
using Words [[gnu::vector_size(16)]] = std::uint64_t;

inline bool has_none(Bytes marks) {
  const auto words = std::bit_cast<Words>(marks);
  return (words[0] | words[1]) == 0;
}

inline Bytes load(const char* at) {
  Bytes bytes{};
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

template <class Unsigned>
std::uint64_t load_word(const char* at) {
  Unsigned word{};
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// Whether `marks_in`, which gives zero for every byte it does not mark, marks none of `size`
/// bytes.
template <class MarksIn>
[[gnu::always_inline]] inline bool has_no_mark(const char* at, std::size_t size,
                                               const MarksIn& marks_in) {
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
    if (!has_none(marks_in(Bytes{} + static_cast<signed char>(at[size - 1])))) return false;
  return true;
}

}  // namespace xai::json
