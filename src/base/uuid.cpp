#include "base/uuid.h"

namespace xai::base {

bool is_uuid(std::string_view text) {
  constexpr std::string_view form = "00000000-0000-0000-0000-000000000000";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    const bool is_hex = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') ||
                        (letter >= 'A' && letter <= 'F');
    if (form[i] == '-' ? letter != '-' : !is_hex) return false;
  }
  return true;
}

}  // namespace xai::base
