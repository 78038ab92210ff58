#include "workflows/minted.h"

#include "workflows/note_file.h"

namespace xai::workflows {

void remember_minted(const Call& call, const std::string& api_key_id) {
  if (is_word(api_key_id)) add_note(call, "minted", api_key_id);
}

std::vector<std::string> minted_before(const Call& call) { return notes_of(call, "minted"); }

}  // namespace xai::workflows
