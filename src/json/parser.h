#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json/builder.h"

namespace xai::json {

enum class Trouble : std::uint8_t { none, incomplete, too_deep, too_large, malformed };

struct Parsed {
  std::size_t used{};  ///< Bytes.
  Trouble trouble{};
  std::string words{};  ///< What is malformed.
};

/// Reads the value at the front of `text` into `builder`, with Boost.JSON. The text may go on: a
/// number at its very end is incomplete.
Parsed parse_front(Builder& builder, std::string_view text, std::size_t depth_max);

/// The same for a value that is all of `text`.
Parsed parse_whole(Builder& builder, std::string_view text, std::size_t depth_max);

/// A string with its quotes, as a value in `arena`; none for what is malformed or too large.
std::optional<Value> parse_string(Arena& arena, std::string_view quoted,
                                  std::size_t memory_bytes_max);

}  // namespace xai::json
