#pragma once

#include <compare>
#include <optional>
#include <string>

namespace xai::management {

/// A number with the digits the service wrote: `0.75973725`, `1.037e-4`. It is never turned into
/// a floating-point number. Equal means written alike: `0.10` is not `0.1`.
struct Decimal {
  std::string text{"0"};  ///< A JSON number.
  bool operator==(const Decimal&) const = default;
};

/// The exact sum. None where either is no number, or has a digit more than 360 places from its
/// point.
std::optional<Decimal> sum(const Decimal& left, const Decimal& right);

/// By value: `0.10` and `0.1` are equal here. None where `sum` has none.
std::optional<std::strong_ordering> compare(const Decimal& left, const Decimal& right);

}  // namespace xai::management
