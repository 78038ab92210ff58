#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/decimal.h"
#include "base/money.h"

namespace xai::cli {

/// An exact sum of dollars. Numbers of a usual form are added as billionths of a dollar, in a
/// twentieth of the time that digit by digit takes.
class Sum {
 public:
  /// False, and nothing is added, for what is no number.
  bool add(std::string_view dollars) {
    if (const auto billionths = billionths_of(dollars)) {
      add_billionths(*billionths);
      return true;
    }
    has_rest_ = true;
    return rest_.add(dollars);
  }
  void add(const Sum& other) {
    add_billionths(other.billionths_);
    if (!other.has_rest_) return;
    has_rest_ = true;
    rest_.add(other.rest_.text());
  }

  [[nodiscard]] base::DecimalSum exact() const {
    base::DecimalSum sum = rest_;
    sum.add(base::decimal(billionths_, places));
    return sum;
  }

  /// Millionths of a dollar, cut or rounded: to compare and to draw.
  [[nodiscard]] std::int64_t millionths() const {
    return has_rest_ ? exact().rounded(6).value_or(0) : billionths_ / 1000;
  }

 private:
  static constexpr std::size_t places = 9;

  /// None for an exponent, more than nine decimals, too many digits, and what is no number.
  static std::optional<std::int64_t> billionths_of(std::string_view dollars) {
    const bool is_negative = dollars.starts_with('-');
    dollars.remove_prefix(is_negative ? 1 : 0);
    const std::size_t point = std::min(dollars.find('.'), dollars.size());
    const bool has_point = point < dollars.size();
    const std::size_t decimals = dollars.size() - point - (has_point ? 1 : 0);
    constexpr std::size_t digits_max = 18;
    if (point == 0 || point + places > digits_max || decimals > places) return std::nullopt;
    if ((has_point && decimals == 0) || (point > 1 && dollars.front() == '0')) return std::nullopt;
    std::int64_t number = 0;
    for (std::size_t i = 0; i < dollars.size(); ++i) {
      if (i == point) continue;
      const unsigned digit = static_cast<unsigned char>(dollars[i]) - unsigned{'0'};
      if (digit > 9) return std::nullopt;
      number = number * 10 + digit;
    }
    for (std::size_t i = decimals; i < places; ++i) number *= 10;
    return is_negative ? -number : number;
  }

  void add_billionths(std::int64_t billionths) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(billionths_, billionths, &sum)) {
      billionths_ = sum;
      return;
    }
    has_rest_ = true;
    rest_.add(base::decimal(billionths, places));
  }

  std::int64_t billionths_{};
  base::DecimalSum rest_{};
  bool has_rest_{};
};

}  // namespace xai::cli
