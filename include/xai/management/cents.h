#pragma once

#include <compare>
#include <cstdint>

namespace xai::management {

/// An amount of money in whole USD cents. Which sign means what stands at each member; a figure
/// that the service left out is an empty optional, never zero.
struct Cents {
  std::int64_t value{};
  auto operator<=>(const Cents&) const = default;
};

}  // namespace xai::management
