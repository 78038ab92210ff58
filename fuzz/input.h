#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace xai::fuzz {

/// Ends the process where a property does not hold, so that a fuzzer keeps the input.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// Takes parts off the front of an input. Where nothing is left they are empty, or zero.
class Input {
 public:
  explicit Input(std::string_view bytes) : rest_{bytes} {}

  [[nodiscard]] bool is_empty() const { return rest_.empty(); }

  std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }

  /// One of `count` choices. A digit of text chooses by itself.
  std::size_t choice(std::size_t count) {
    const std::uint8_t letter = byte();
    return (letter >= '0' && letter <= '9' ? letter - std::size_t{'0'} : letter) % count;
  }

  /// A number of up to eight bytes, the highest first.
  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (; bytes > 0 && !rest_.empty(); --bytes) {
      value = (value << 8U) | static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
    }
    return value;
  }
  std::int64_t integer() { return static_cast<std::int64_t>(number(8)); }

  /// All up to the next separator, which goes as well.
  std::string_view until(std::string_view separator) {
    const std::size_t end = rest_.find(separator);
    const std::string_view part = rest_.substr(0, end);
    rest_ =
        end == std::string_view::npos ? std::string_view{} : rest_.substr(end + separator.size());
    return part;
  }
  std::string_view line() { return until("\n"); }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace xai::fuzz
