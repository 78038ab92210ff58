#include "base/decimal.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

namespace xai::base {
namespace {

/// Takes the digits off the front of `rest`.
std::string_view take_digits(std::string_view& rest) {
  std::size_t count = 0;
  while (count < rest.size() && rest[count] >= '0' && rest[count] <= '9') ++count;
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

constexpr std::array<std::int64_t, 10> powers_of_ten{
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

__extension__ using Wide = __int128;
constexpr std::int64_t billion = 1'000'000'000;
constexpr int wide_places = 18;

Wide power_of_ten(unsigned exponent) {
  Wide power = 1;
  for (; exponent >= 9; exponent -= 9) power *= billion;
  return power * powers_of_ten.at(exponent);
}

/// A number in billionths, and the rest in billionths of these; none for one of more than eighteen
/// digits or places, and for one too large.
std::optional<std::pair<std::int64_t, std::int64_t>> in_billionths(const Number& number) {
  const std::int64_t places = std::ssize(number.fraction) - number.exponent;
  if (number.whole.size() + number.fraction.size() > wide_places) return std::nullopt;
  if (places < 0 || places > wide_places) return std::nullopt;
  std::int64_t digits = 0;
  for (const std::string_view part : {number.whole, number.fraction})
    for (const char digit : part) digits = digits * 10 + (digit - '0');
  if (number.is_negative) digits = -digits;
  const auto behind = static_cast<std::size_t>(places > 9 ? places - 9 : 9 - places);
  const std::int64_t power = powers_of_ten.at(behind);
  if (places > 9) return std::pair{digits / power, digits % power * powers_of_ten.at(9 - behind)};
  std::int64_t billionths = 0;
  if (__builtin_mul_overflow(digits, power, &billionths)) return std::nullopt;
  return std::pair{billionths, std::int64_t{}};
}

}  // namespace

bool is_number(std::string_view text) { return parse(text).has_value(); }

DecimalSum::DecimalSum(const DecimalSum& other)
    : usual_{other.usual_},
      limbs_{other.limbs_ ? std::make_unique<Limbs>(*other.limbs_) : nullptr} {}

DecimalSum& DecimalSum::operator=(const DecimalSum& other) { return *this = DecimalSum{other}; }

bool DecimalSum::add(std::string_view text, std::int64_t factor) {
  const auto number = parse(text);
  if (!number) return false;
  if (const auto usual = in_billionths(*number)) {
    add_usual({usual->first * factor, usual->second * factor});
    return true;
  }
  if (number->is_negative) factor = -factor;
  Limbs limbs = limbs_ ? *limbs_ : Limbs{};
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
  limbs_ = std::make_unique<Limbs>(limbs);
  return true;
}

void DecimalSum::add_usual(Usual number) {
  std::int64_t billionths = 0;
  if (__builtin_add_overflow(usual_.billionths, number.billionths, &billionths)) {
    limbs_ = std::make_unique<Limbs>(all_limbs());
    usual_ = number;
    return;
  }
  usual_ = {billionths, usual_.rest + number.rest};
}

void DecimalSum::add(const DecimalSum& other) {
  if (other.limbs_) {
    Limbs limbs = limbs_ ? *limbs_ : Limbs{};
    std::ranges::transform(limbs, *other.limbs_, limbs.begin(), std::plus{});
    limbs_ = std::make_unique<Limbs>(limbs);
  }
  add_usual(other.usual_);
}

/// The sum in limbs alone.
DecimalSum::Limbs DecimalSum::all_limbs() const {
  static_assert(limb_end == billion && places_max % digits_per_limb == 0);
  constexpr std::size_t units = places_max / digits_per_limb;
  Limbs limbs = limbs_ ? *limbs_ : Limbs{};
  limbs.at(units - 2) += usual_.rest;
  limbs.at(units - 1) += usual_.billionths % limb_end;
  limbs.at(units) += usual_.billionths / limb_end;
  return limbs;
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
  if (!limbs_) {
    const Wide sum = Wide{usual_.billionths} * billion + usual_.rest;
    return (sum > 0 ? 1 : 0) - (sum < 0 ? 1 : 0);
  }
  Limbs sum = all_limbs();
  carry(sum);
  if (sum.back() < 0) return -1;
  return std::ranges::any_of(sum, [](std::int64_t limb) { return limb != 0; }) ? 1 : 0;
}

/// All digits without the sign, the highest first; the point is before the last `places_max`.
std::string DecimalSum::digits() const {
  Limbs sum = all_limbs();
  if (sign() < 0)
    for (std::int64_t& limb : sum) limb = -limb;
  carry(sum);
  std::string text;
  for (std::size_t i = sum.size(); i-- > 0;) {
    const std::string limb = std::to_string(sum.at(i));
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
  if (!limbs_) {
    const Wide sum = Wide{usual_.billionths} * billion + usual_.rest;
    const Wide unit = power_of_ten(unsigned{wide_places} - places);
    const Wide nearest = sum / unit + sum % unit / ((unit + 1) / 2);
    const auto result = static_cast<std::int64_t>(nearest);
    return result == nearest ? std::optional{result} : std::nullopt;
  }
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
