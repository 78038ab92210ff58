#include "base/closest.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

#include "base/printable.h"

namespace xai::base {

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& letter : result)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return result;
}

namespace {

/// Insertions, deletions, replacements and swaps of neighbours that turn `left` into `right`;
/// some number above `max` where it takes more than `max`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t max) {
  if (std::max(left.size(), right.size()) - std::min(left.size(), right.size()) > max)
    return max + 1;
  const std::size_t width = right.size() + 1;
  std::vector<std::size_t> before(width);
  std::vector<std::size_t> above(width);
  std::vector<std::size_t> row(width);
  std::iota(above.begin(), above.end(), 0U);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    // No later row has less than the least of this one.
    if (least > max) return max + 1;
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[right.size()];
}

}  // namespace

std::vector<std::string> closest(std::string_view word, std::span<const std::string> candidates,
                                 std::size_t count_max) {
  // Names far longer than any of ours cannot be a slip of the finger, and cost time squared.
  constexpr std::size_t word_bytes_max = 200;
  if (word.empty() || word.size() > word_bytes_max) return {};
  const std::string wanted = lower(word);
  std::vector<std::pair<std::size_t, std::string>> scored;
  for (const std::string& candidate : candidates) {
    const std::string offered = lower(candidate);
    if (offered.size() > word_bytes_max) continue;
    const std::size_t distance_max =
        std::max<std::size_t>(1, std::max(wanted.size(), offered.size()) / 3);
    std::size_t distance = edit_distance(wanted, offered, distance_max);
    const bool begins_alike = wanted.size() >= 3 && offered.starts_with(wanted);
    if (begins_alike) distance = std::min<std::size_t>(distance, 1);
    if (distance <= distance_max) scored.emplace_back(distance, candidate);
  }
  std::ranges::stable_sort(scored, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> result;
  for (auto& [distance, candidate] : scored) {
    if (result.size() == count_max) break;
    if (std::ranges::find(result, candidate) == result.end())
      result.push_back(std::move(candidate));
  }
  return result;
}

namespace {

std::string question(const std::vector<std::string>& names,
                     std::string (*shown)(std::string_view)) {
  if (names.empty()) return {};
  std::string text = "did you mean " + shown(names.front());
  for (std::size_t i = 1; i < names.size(); ++i)
    text += (i + 1 == names.size() ? " or " : ", ") + shown(names[i]);
  return text + "?";
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  return question(closest(word, candidates), escaped);
}

std::string did_you_mean_quoted(std::string_view word, std::span<const std::string> candidates) {
  return question(closest(word, candidates), in_quotes);
}

}  // namespace xai::base
