#include "base/decimal.h"

#include <algorithm>
#include <charconv>

namespace xai::base {
namespace {

/// Takes the digits off the front of `rest`.
std::string_view take_digits(std::string_view& rest) {
  const std::size_t count = std::min(rest.find_first_not_of("0123456789"), rest.size());
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

struct Number {
  bool is_negative{};
  std::string_view whole{};
  std::string_view fraction{};
  std::int64_t exponent{};
};

std::optional<Number> parse(std::string_view text) {
  Number number{.is_negative = take(text, '-')};
  number.whole = take_digits(text);
  if (number.whole.empty()) return std::nullopt;
  if (number.whole.size() > 1 && number.whole.starts_with('0')) return std::nullopt;
  if (take(text, '.')) {
    number.fraction = take_digits(text);
    if (number.fraction.empty()) return std::nullopt;
  }
  if (take(text, 'e') || take(text, 'E')) {
    const bool is_negative = !take(text, '+') && take(text, '-');
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return std::nullopt;
    // An exponent beyond all bounds is as far away as this one.
    constexpr std::int64_t far_away = 1'000'000'000'000;
    const auto [_, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number.exponent);
    number.exponent = error == std::errc{} ? std::min(number.exponent, far_away) : far_away;
    if (is_negative) number.exponent = -number.exponent;
  }
  if (!text.empty()) return std::nullopt;
  return number;
}

constexpr std::array<std::int64_t, 9> powers_of_ten{
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};

}  // namespace

bool is_number(std::string_view text) { return parse(text).has_value(); }

bool DecimalSum::add(std::string_view text, std::int64_t factor) {
  const auto number = parse(text);
  if (!number) return false;
  if (number->is_negative) factor = -factor;
  Limbs limbs = limbs_;
  auto place = static_cast<std::int64_t>(number->whole.size()) + number->exponent;
  for (const std::string_view digits : {number->whole, number->fraction}) {
    for (const char digit : digits) {
      --place;
      if (digit == '0') continue;
      if (place < -places_max || place >= places_max) return false;
      const auto index = static_cast<std::size_t>(place + places_max);
      limbs.at(index / digits_per_limb) +=
          factor * (digit - '0') * powers_of_ten.at(index % digits_per_limb);
    }
  }
  limbs_ = limbs;
  return true;
}

/// Leaves a sign to the last limb only.
void DecimalSum::carry(Limbs& limbs) {
  for (std::size_t i = 0; i + 1 < limbs.size(); ++i) {
    std::int64_t over = limbs[i] / limb_end;
    if (limbs[i] % limb_end < 0) --over;
    limbs[i] -= over * limb_end;
    limbs[i + 1] += over;
  }
}

int DecimalSum::sign() const {
  Limbs limbs = limbs_;
  carry(limbs);
  if (limbs.back() < 0) return -1;
  return std::ranges::any_of(limbs, [](std::int64_t limb) { return limb != 0; }) ? 1 : 0;
}

/// All digits without the sign, the highest first; the point is before the last `places_max`.
std::string DecimalSum::digits() const {
  Limbs limbs = limbs_;
  if (sign() < 0)
    for (std::int64_t& limb : limbs) limb = -limb;
  carry(limbs);
  std::string text;
  for (std::size_t i = limbs.size(); i-- > 0;) {
    const std::string limb = std::to_string(limbs.at(i));
    text.append(limb.size() < digits_per_limb ? digits_per_limb - limb.size() : 0, '0');
    text += limb;
  }
  return text;
}

std::string DecimalSum::text() const {
  const std::string all = digits();
  std::string_view whole{all};
  std::string_view fraction = whole.substr(whole.size() - places_max);
  whole.remove_suffix(places_max);
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size() - 1));
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  std::string result{sign() < 0 ? "-" : ""};
  result += whole;
  if (!fraction.empty()) result.append(".").append(fraction);
  return result;
}

std::optional<std::int64_t> DecimalSum::rounded(unsigned places) const {
  const std::string all = digits();
  const std::size_t end = all.size() - places_max + places;
  std::string text{sign() < 0 ? "-" : ""};
  text.append(all, 0, end);
  std::int64_t result = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), result).ec != std::errc{})
    return std::nullopt;
  if (all.at(end) < '5') return result;
  if (__builtin_add_overflow(result, sign(), &result)) return std::nullopt;
  return result;
}

std::optional<std::strong_ordering> compare(std::string_view left, std::string_view right) {
  DecimalSum difference;
  if (!difference.add(left) || !difference.subtract(right)) return std::nullopt;
  return difference.sign() <=> 0;
}

}  // namespace xai::base
