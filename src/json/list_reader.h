#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace xai::json {

/// Takes the items of long lists as they are read, so that they need not be kept: see ListStream.
struct ListReader {
  /// Of the members whose lists are taken. A list within an item is a part of that item.
  std::vector<std::string_view> names{};
  /// The reading begins, perhaps anew: what was taken before does not count.
  std::function<void()> begin{};
  /// Takes the next item, which is gone when this returns.
  std::function<void(Value)> take{};
  /// A list has ended. In its place stands a list of one number: how many had ended before it.
  std::function<void()> end{};
};

}  // namespace xai::json
