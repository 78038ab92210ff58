#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/usage_history.h"

namespace xai::emulator {

/// A field of usage that filters and groups can name.
enum class UsageField : std::uint8_t { description, api_key_id, unit_type };

std::optional<UsageField> parse_usage_field(std::string_view name);
const std::string& value_of(UsageField field, const UsageItem& item);

/// The filters of an analyzeUsage request: `NOT description:Chat grok-3 AND api_key_id:… OR …`.
/// AND binds more tightly than OR; there are no brackets. A value goes on to the next AND or OR,
/// and may stand in double quotes.
class UsageFilter {
 public:
  /// All of `texts` have to hold. None when one is not understood.
  static std::optional<UsageFilter> parse(const std::vector<std::string>& texts);

  [[nodiscard]] bool matches(const UsageItem& item) const;

 private:
  struct Term {
    UsageField field{};
    std::string value{};
    bool is_negated{};
  };
  using Conjunction = std::vector<Term>;
  using Alternatives = std::vector<Conjunction>;

  static std::optional<Term> parse_term(std::string_view text);

  std::vector<Alternatives> filters_{};
};

}  // namespace xai::emulator
