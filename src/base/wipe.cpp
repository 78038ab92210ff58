#include "base/wipe.h"

#include <string.h>

#include <algorithm>

#include "xai/management/secret.h"

namespace xai::base {

void wipe(std::span<char> bytes) { ::explicit_bzero(bytes.data(), bytes.size()); }

void append_wiping(std::string& text, std::string_view more) {
  if (text.size() + more.size() > text.capacity()) {
    std::string larger;
    larger.reserve(std::max(2 * text.capacity(), text.size() + more.size()));
    larger.assign(text);
    management::wipe(text);
    text.swap(larger);
  }
  text.append(more);
}

}  // namespace xai::base
