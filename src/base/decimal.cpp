#include "base/decimal.h"

namespace xai::base {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Takes the digits off the front of `rest`.
std::string_view take_digits(std::string_view& rest) {
  std::size_t count = 0;
  while (count < rest.size() && is_digit(rest[count])) ++count;
  const std::string_view digits = rest.substr(0, count);
  rest.remove_prefix(count);
  return digits;
}

/// Takes `letter` off the front of `rest`, if it is there.
bool take(std::string_view& rest, char letter) {
  if (!rest.starts_with(letter)) return false;
  rest.remove_prefix(1);
  return true;
}

}  // namespace

bool is_number(std::string_view text) {
  take(text, '-');
  const std::string_view whole = take_digits(text);
  if (whole.empty() || (whole.size() > 1 && whole.starts_with('0'))) return false;
  if (take(text, '.') && take_digits(text).empty()) return false;
  if (take(text, 'e') || take(text, 'E')) {
    if (!take(text, '+')) take(text, '-');
    if (take_digits(text).empty()) return false;
  }
  return text.empty();
}

}  // namespace xai::base
