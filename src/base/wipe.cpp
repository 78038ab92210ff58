#include "base/wipe.h"

#include <string.h>

namespace xai::base {

void wipe(std::span<char> bytes) { ::explicit_bzero(bytes.data(), bytes.size()); }

}  // namespace xai::base
