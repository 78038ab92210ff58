#include "xai/management/key_state.h"

#include <array>

namespace xai::management {

KeyState state_of(const ApiKey& key, Timestamp now) {
  if (key.disabled) return KeyState::disabled;
  if (!key.expire_time) return KeyState::active;
  if (*key.expire_time <= now) return KeyState::expired;
  return *key.expire_time <= now + expiring_span ? KeyState::expiring : KeyState::active;
}

std::string_view name_of(KeyState state) {
  static constexpr std::array<std::string_view, 4> names{"active", "expiring", "expired",
                                                         "disabled"};
  return names.at(static_cast<std::size_t>(state));
}

}  // namespace xai::management
