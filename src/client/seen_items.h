#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_set>

#include "json/value.h"

namespace xai::client {

/// Which items of a list came before. It remembers two pages, however long the list is: the last
/// one, as pages shift where something is added, and one further back, which a list that goes
/// round comes to sooner or later.
class SeenItems {
 public:
  /// `id_name` is the member that tells the items apart. One without it is told by all it holds.
  explicit SeenItems(std::string_view id_name) : id_name_{id_name} {}

  /// Notes an item of the page under way; false for one that an earlier page had.
  bool add(json::Value item);
  void end_page();
  /// Whether the last page was one that is further back than the page before it.
  [[nodiscard]] bool go_round() const { return go_round_; }

 private:
  using Marks = std::unordered_set<std::size_t>;  ///< Hashes: an id may be as long as it likes.

  std::string_view id_name_;
  Marks page_{};  ///< Under way.
  Marks last_{};
  Marks landmark_{};  ///< The last page whose number is a power of two.
  std::size_t pages_{};
  bool is_all_in_last_{true};  ///< The page under way, up to now.
  bool is_all_in_landmark_{true};
  bool go_round_{};
};

}  // namespace xai::client
