#include "base/random_word.h"

#include <algorithm>

namespace xai::base {
namespace {

// Without l, o, 0 and 1, which are taken for each other.
constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

}  // namespace

std::string random_word(const Random& random, std::size_t letters, std::size_t attempt) {
  std::string word;
  for (std::size_t i = 0; i < letters; ++i) {
    const auto place = static_cast<std::size_t>(random() * alphabet.size());
    word += alphabet[(place + attempt) % alphabet.size()];
  }
  return word;
}

bool is_random_word(std::string_view text, std::size_t letters) {
  return text.size() == letters &&
         std::ranges::all_of(text, [](char letter) { return alphabet.contains(letter); });
}

}  // namespace xai::base
