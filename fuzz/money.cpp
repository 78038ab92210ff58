// Amounts: what is read is written and read again as the same one, and no figure is ever inexact.
#include "base/money.h"

#include <cstdint>
#include <optional>
#include <string>

#include "base/decimal.h"
#include "input.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

using base::DecimalSum;
using management::Cents;

__extension__ using Wide = __int128;

/// Dollars in cents, by another way than parse_usd: digit by digit in twice the width.
std::optional<Wide> cents_by_digits(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  if (text.starts_with('$')) text.remove_prefix(1);
  constexpr Wide far_away = Wide{1} << 100U;
  Wide cents = 0;
  int wholes = 0;
  int decimals = -1;
  for (const char letter : text) {
    if (letter == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (letter < '0' || letter > '9') return std::nullopt;
    if (cents < far_away) cents = cents * 10 + (letter - '0');
    if (decimals < 0)
      ++wholes;
    else
      ++decimals;
  }
  if (wholes == 0 || decimals == 0 || decimals > 2) return std::nullopt;
  for (int i = decimals < 0 ? 0 : decimals; i < 2; ++i) cents *= 10;
  return is_negative ? -cents : cents;
}

bool is_in_64_bits(Wide value) { return value == static_cast<std::int64_t>(value); }

void look_at_dollars(std::string_view text) {
  const auto amount = base::parse_usd(text);
  const auto expected = cents_by_digits(text);
  require(amount.has_value() == (expected && is_in_64_bits(*expected)), "both ways read it or not");
  if (amount) require(amount->value == *expected, "both ways read the same amount");
}

void look_at_cents(Cents left, Cents right) {
  const std::string text = base::format_usd(left);
  require(base::parse_usd(text) == left, "an amount that is written is read again");
  require(cents_by_digits(text) == Wide{left.value}, "and the other way, too");
  const Wide sum = Wide{left.value} + right.value;
  const auto summed = base::sum(left, right);
  require(summed.has_value() == is_in_64_bits(sum) && (!summed || summed->value == sum),
          "a sum is exact or none");
  const Wide difference = Wide{left.value} - right.value;
  const auto rest = base::difference(left, right);
  require(rest.has_value() == is_in_64_bits(difference) && (!rest || rest->value == difference),
          "a difference is exact or none");
}

void look_at_units(std::int64_t units, unsigned places) {
  DecimalSum sum;
  require(sum.add(base::decimal(units, places)), "what decimal writes is a number");
  require(sum.rounded(places) == units, "and the same one");
  require(sum.sign() == (units > 0 ? 1 : 0) - (units < 0 ? 1 : 0), "with its sign");
}

/// The integer is the nearest one to the number × 10^places, and the farther one of two.
void look_at_rounding(const DecimalSum& number, unsigned places) {
  const std::string power = "e-" + std::to_string(places);
  const auto rounded = number.rounded(places);
  if (!rounded) {
    DecimalSum above = number;
    DecimalSum below = number;
    above.subtract("9223372036854775807.5" + power);
    below.add("9223372036854775807.5" + power);
    require(above.sign() >= 0 || below.sign() <= 0, "only what is too large is not rounded");
    return;
  }
  DecimalSum off = number;
  require(off.subtract(std::to_string(*rounded) + power), "an integer can be taken away");
  const int side = off.sign();
  // Twice of it is at most one.
  off.add(DecimalSum{off});
  DecimalSum below = off;
  below.add("1" + power);
  off.subtract("1" + power);
  require(off.sign() <= 0 && below.sign() >= 0, "it is the nearest integer");
  if (off.sign() == 0 || below.sign() == 0)
    require(side != number.sign(), "a half goes away from zero");
}

void look_at_numbers(std::string_view left, std::string_view right, unsigned places) {
  DecimalSum sum;
  if (!sum.add(left)) return require(sum.sign() == 0, "what is no number adds nothing");
  require(base::is_number(left), "what is added is a number");
  const int sign = sum.sign();
  if (!sum.add(right)) return require(sum.sign() == sign, "a sum stays as it was");
  look_at_rounding(sum, places);
  const std::string text = sum.text();
  const auto order = base::compare(left, right);
  require(sum.subtract(left), "what was added can be taken away");
  require(base::compare(sum.text(), right) == std::strong_ordering::equal, "and leaves the other");
  require(sum.subtract(right) && sum.sign() == 0, "or nothing");
  require(sum.add(right) && sum.add(left) && sum.subtract(text) && sum.sign() == 0,
          "order is all the same, and the text is the sum");
  const auto reverse = base::compare(right, left);
  require(order && reverse && (*order <=> 0) == (0 <=> *reverse), "orders agree");
}

void look_at_billionths(std::int64_t left, std::int64_t right) {
  DecimalSum sum;
  sum.add_billionths(left);
  sum.add_billionths(right);
  const Wide expected = Wide{left} + right;
  const auto billionths = sum.billionths();
  if (is_in_64_bits(expected)) require(billionths == expected, "billionths are exact");
  require(sum.sign() == (expected > 0 ? 1 : 0) - (expected < 0 ? 1 : 0), "with their sign");
  DecimalSum again;
  require(again.add(sum.text()), "their text is a number");
  require(again.subtract(base::decimal(left, 9)) && again.subtract(base::decimal(right, 9)) &&
              again.sign() == 0,
          "and the same one");
}

}  // namespace

void money(std::string_view bytes) {
  Input input{bytes};
  constexpr unsigned places_max = 18;
  switch (input.choice(5)) {
    case 0:
      return look_at_dollars(input.rest());
    case 1: {
      const Cents left{input.integer()};
      return look_at_cents(left, Cents{input.integer()});
    }
    case 2: {
      const unsigned places = input.byte() % (places_max + 1);
      return look_at_units(input.integer(), places);
    }
    case 3: {
      const std::int64_t left = input.integer();
      return look_at_billionths(left, input.integer());
    }
    default: {
      const unsigned places = input.byte() % (places_max + 1);
      const std::string_view left = input.line();
      return look_at_numbers(left, input.line(), places);
    }
  }
}

}  // namespace xai::fuzz
