#include "cli/render/amount.h"

#include <algorithm>

#include "base/money.h"

namespace xai::cli {

using management::Cents;

std::string usd_of(Cents amount) { return base::format_usd(amount) + " USD"; }

std::string usd_of(const std::optional<Cents>& amount) {
  return amount ? usd_of(*amount) : "missing";
}

std::vector<std::string> aligned_usd(const std::vector<std::optional<Cents>>& amounts) {
  std::vector<std::string> texts;
  std::size_t width = 0;
  for (const auto& amount : amounts) {
    texts.push_back(usd_of(amount));
    width = std::max(width, texts.back().size());
  }
  for (std::string& text : texts) text.insert(0, width - text.size(), ' ');
  return texts;
}

std::string to_the_cent(const base::DecimalSum& dollars) {
  const auto cents = dollars.rounded(2);
  if (!cents) return dollars.text();
  if (*cents == 0 && dollars.sign() > 0) return "<0.01";
  if (*cents == 0 && dollars.sign() < 0) return "-<0.01";
  return base::format_usd({*cents});
}

}  // namespace xai::cli
