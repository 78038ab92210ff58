#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/arena.h"
#include "json/value.h"

namespace xai::json {

/// Reads the items of a list that differ from one before them in their strings and numbers only,
/// as nearly all do: all else has to be the same, byte for byte, and is not read again.
class ItemPattern {
 public:
  /// Makes `item`, which was read from `text`, the one to compare with.
  void learn(std::string_view text, Value item);

  /// Reads the item at `at`; null for one that may be different. See PlainReader::read for `end`.
  const char* read(const char* at, const char* end);

  /// What was read last. The next item takes its place.
  [[nodiscard]] Value item() const { return item_; }

 private:
  /// A string or a number, and what stands between the one before it and its first letter.
  struct Slot {
    Value* value;
    std::string_view before;
    bool is_string;
  };

  Value copy(Value value);
  void add_slot(Value* value);

  std::string text_{};
  std::string_view given_{};  ///< The same where it was read; only while it is learned.
  std::size_t used_{};        ///< Of the text, by the slots so far.
  Arena arena_{};
  std::vector<Slot> slots_{};
  std::string_view behind_{};  ///< What stands behind the last slot.
  Value item_{};
  bool is_known_{};
};

}  // namespace xai::json
