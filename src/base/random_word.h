#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace xai::base {

/// Small letters and digits, by chance. Another `attempt` gives another word even where chance
/// repeats itself.
std::string random_word(const Random& random, std::size_t letters, std::size_t attempt = 0);

/// Whether `text` could have come from `random_word`.
bool is_random_word(std::string_view text, std::size_t letters);

}  // namespace xai::base
