#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace xai::base {

/// Whether `text` is a number in the notation of JSON.
bool is_number(std::string_view text);

/// The exact sum of up to 2^32 numbers in the notation of JSON, such as management::Decimal holds.
class DecimalSum {
 public:
  DecimalSum() = default;
  DecimalSum(const DecimalSum& other);
  DecimalSum(DecimalSum&&) noexcept = default;
  DecimalSum& operator=(const DecimalSum& other);
  DecimalSum& operator=(DecimalSum&&) noexcept = default;
  ~DecimalSum() = default;

  /// False, and the sum stays as it was, for text that is no number, and for one with a digit
  /// other than zero more than 360 places from the point: no floating-point number has that.
  bool add(std::string_view number) { return add(number, 1); }
  bool subtract(std::string_view number) { return add(number, -1); }
  void add(const DecimalSum& other);
  void add_billionths(std::int64_t billionths) { add_usual({.billionths = billionths}); }

  /// -1, 0 or 1.
  [[nodiscard]] int sign() const;

  /// Every digit, without an exponent and without needless zeros: `-0.0001037`, `12`.
  [[nodiscard]] std::string text() const;

  /// The sum where it is a whole number of billionths in 64 bits.
  [[nodiscard]] std::optional<std::int64_t> billionths() const {
    return limbs_ || usual_.rest != 0 ? std::nullopt : std::optional{usual_.billionths};
  }

  /// The sum × 10^places as the nearest integer, halves away from zero: `rounded(2)` of dollars
  /// is cents. None when 64 bits do not hold it. At most 18 places.
  [[nodiscard]] std::optional<std::int64_t> rounded(unsigned places) const;

 private:
  static constexpr int places_max = 360;  ///< On either side of the point.
  static constexpr int digits_per_limb = 9;
  static constexpr std::int64_t limb_end = 1'000'000'000;
  /// The lowest first. While adding, each may have any sign; the last is there for carries.
  using Limbs = std::array<std::int64_t, (2 * places_max / digits_per_limb) + 1>;

  /// Numbers of a usual form are added up in two words, in a twentieth of the time.
  struct Usual {
    std::int64_t billionths{};
    std::int64_t rest{};  ///< Billionths of these.
  };

  bool add(std::string_view text, std::int64_t factor);
  void add_usual(Usual number);
  [[nodiscard]] Limbs all_limbs() const;
  static void carry(Limbs& limbs);
  [[nodiscard]] std::string digits() const;

  Usual usual_{};
  std::unique_ptr<Limbs> limbs_{};  ///< What did not fit there; null while all did.
};

/// None when either is not a number that DecimalSum takes.
std::optional<std::strong_ordering> compare(std::string_view left, std::string_view right);

}  // namespace xai::base
