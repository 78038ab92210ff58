#include "base/wipe.h"

#include <string.h>

#include <algorithm>

#include "xai/management/secret.h"

namespace xai::base {

void wipe(std::span<char> bytes) { ::explicit_bzero(bytes.data(), bytes.size()); }

void make_room(std::string& text, std::size_t more) {
  if (text.size() + more <= text.capacity()) return;
  std::string larger;
  larger.reserve(std::max(2 * text.capacity(), text.size() + more));
  larger.assign(text);
  management::wipe(text);
  text.swap(larger);
}

void append_wiping(std::string& text, std::string_view more) {
  make_room(text, more.size());
  text.append(more);
}

}  // namespace xai::base
