#pragma once

#include <string>

namespace xai::management {

/// A number with the digits the service wrote: `0.75973725`, `1.037e-4`. It is never turned into
/// a floating-point number. Equal means written alike: `0.10` is not `0.1`.
struct Decimal {
  std::string text{"0"};  ///< A JSON number.
  bool operator==(const Decimal&) const = default;
};

}  // namespace xai::management
