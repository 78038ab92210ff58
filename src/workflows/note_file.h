#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/call.h"

namespace xai::workflows {

// Lines that outlive a run, in a file of the account's state folder. Best effort: who cannot keep
// them does without.

void add_note(const Call& call, std::string_view file_name, const std::string& line);
/// Oldest first, some thousands of them at least.
std::vector<std::string> notes_of(const Call& call, std::string_view file_name);

/// Whether `text` may stand on a line among other words.
bool is_word(std::string_view text);

}  // namespace xai::workflows
