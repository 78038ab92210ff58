#include "base/money.h"

#include <charconv>

namespace xai::base {

using management::Cents;

namespace {

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Cents> parse_usd(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  text.remove_prefix(is_negative ? 1 : 0);
  text.remove_prefix(text.starts_with('$') ? 1 : 0);
  const std::size_t point = text.find('.');
  const bool has_point = point != std::string_view::npos;
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = has_point ? text.substr(point + 1) : "0";
  if (whole.empty() || fraction.empty() || fraction.size() > 2) return std::nullopt;
  if (!is_digits(whole) || !is_digits(fraction)) return std::nullopt;
  // In one piece with its sign: the smallest number has no positive counterpart.
  std::string cents{is_negative ? "-" : ""};
  cents.append(whole).append(fraction).append(2 - fraction.size(), '0');
  Cents amount;
  const char* const end = cents.data() + cents.size();
  if (std::from_chars(cents.data(), end, amount.value).ec != std::errc{}) return std::nullopt;
  return amount;
}

std::string format_usd(Cents amount) { return decimal(amount.value, 2); }

std::optional<Cents> sum(Cents left, Cents right) {
  Cents result;
  if (__builtin_add_overflow(left.value, right.value, &result.value)) return std::nullopt;
  return result;
}

std::optional<Cents> difference(Cents left, Cents right) {
  Cents result;
  if (__builtin_sub_overflow(left.value, right.value, &result.value)) return std::nullopt;
  return result;
}

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
