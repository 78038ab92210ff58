#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xai::base {

/// The candidates most like `word`, best first: at most `count_max`, and none that is too far
/// off to be what was meant. Case does not count.
std::vector<std::string> closest(std::string_view word, std::span<const std::string> candidates,
                                 std::size_t count_max = 3);

}  // namespace xai::base
