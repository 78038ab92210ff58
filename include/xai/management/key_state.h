#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "xai/management/api_keys.h"

namespace xai::management {

/// Whether a key can be used, as far as its own members tell.
enum class KeyState : std::uint8_t {
  active,
  expiring,  ///< Active, with no more than `expiring_span` to live.
  expired,
  disabled,
};

inline constexpr std::chrono::days expiring_span{30};

/// `now` should be the service's: a key expires by its clock.
KeyState state_of(const ApiKey& key, Timestamp now);

/// The enumerator's name, as it stands in JSON output.
std::string_view name_of(KeyState state);

/// Whether a key in that state is refused wherever it is used.
constexpr bool is_unusable(KeyState state) {
  return state == KeyState::expired || state == KeyState::disabled;
}

}  // namespace xai::management
