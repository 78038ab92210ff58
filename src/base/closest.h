#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xai::base {

/// `text` with its ASCII letters small.
std::string lower(std::string_view text);

/// The candidates most like `word`, best first: at most `count_max`, and none that is too far
/// off to be what was meant. Case does not count.
std::vector<std::string> closest(std::string_view word, std::span<const std::string> candidates,
                                 std::size_t count_max = 3);

/// `did you mean a or b?` with the closest of the candidates, escaped; empty when none is close.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);
/// The same for names that may hold blanks: each in quotes.
std::string did_you_mean_quoted(std::string_view word, std::span<const std::string> candidates);

}  // namespace xai::base
