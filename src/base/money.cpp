#include "base/money.h"

namespace xai::base {

std::string decimal(std::int64_t units, unsigned places) {
  // Negating the smallest number would overflow; its magnitude fits an unsigned one.
  const auto magnitude =
      units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  std::string digits = std::to_string(magnitude);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string whole = digits.substr(0, digits.size() - places);
  std::string fraction = digits.substr(digits.size() - places);
  while (fraction.size() > 2 && fraction.back() == '0') fraction.pop_back();
  fraction.append(fraction.size() < 2 ? 2 - fraction.size() : 0, '0');
  return (units < 0 ? "-" : "") + whole + "." + fraction;
}

}  // namespace xai::base
