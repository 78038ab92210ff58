#include "emulator/books.h"

#include <algorithm>
#include <chrono>
#include <compare>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/money.h"
#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/usage_history.h"

namespace xai::emulator {

using management::BillingCycle;
using management::InvoiceLine;
using management::SpendingLimits;
using namespace std::chrono;

namespace {

year_month month_of(Timestamp time) {
  const year_month_day date{floor<days>(time)};
  return {date.year(), date.month()};
}

Timestamp start_of(year_month month) { return sys_days{month / 1}; }

/// What was used at one price, and what it costs in 1e-8 cents.
struct Tally {
  const BilledUnit* unit{};
  std::int64_t unit_count{};
  Cents cost{};
};
using Tallies = std::map<std::tuple<std::string, std::string, std::string>, Tally>;

/// What 64 bits hold. Errors: failed_precondition for anything else.
Result<Cents> fitting(std::optional<Cents> amount) {
  if (!amount) return std::unexpected(errors::amounts_too_large());
  return *amount;
}

Result<std::map<year_month, Tallies>> tallies_by_month(const UsageHistory& history, Timestamp now) {
  std::map<year_month, Tallies> months;
  std::map<std::pair<year_month, const BilledUnit*>, Tally*> known;
  bool fits = true;
  for_each_item(history, Timestamp::min(), now, [&](const UsageItem& item) {
    const year_month month = month_of(item.time);
    auto& tally = known[{month, &item.unit}];
    if (tally == nullptr) {
      const BilledUnit& unit = item.unit;
      tally = &months[month][{unit.cluster_name, unit.description, unit.unit_type}];
      tally->unit = &unit;
    }
    const auto cost = base::sum(tally->cost, Cents{item.amount()});
    fits = fits && cost.has_value();
    if (!fits) return;
    tally->cost = *cost;
    // A unit costs at least one of these, so the count fits where its cost does.
    tally->unit_count += item.unit_count;
  });
  if (!fits) return std::unexpected(errors::amounts_too_large());
  return months;
}

Result<BillingMonth> to_month(year_month month, const Tallies& tallies) {
  BillingMonth result{.cycle = {.year = static_cast<int>(month.year()),
                                .month = static_cast<std::int32_t>(unsigned{month.month()})},
                      .start = start_of(month),
                      .end = start_of(month + months{1})};
  Cents total{};
  for (const auto& [name, tally] : tallies) {
    const BilledUnit& unit = *tally.unit;
    const std::int64_t before = total.value / parts_per_cent;
    total = TRY(fitting(base::sum(total, tally.cost)));
    result.lines.push_back({.cluster_name = unit.cluster_name,
                            .description = unit.description,
                            .unit_type = unit.unit_type,
                            .unit_price = unit.unit_price,
                            .num_units = tally.unit_count,
                            .amount = Cents{total.value / parts_per_cent - before}});
  }
  result.spent = {total.value / parts_per_cent};
  return result;
}

/// Adds to the credit what was bought before `end`, from the purchase at `place` on.
/// Errors: failed_precondition.
Result<void> add_purchases(const std::vector<Purchase>& purchases, Timestamp end,
                           std::size_t& place, Cents& credit) {
  for (; place < purchases.size(); ++place) {
    const Purchase& purchase = purchases[place];
    if (purchase.create_time >= end) break;
    // It is shown with the other sign as well, and so is the sum.
    const Cents bought = TRY(fitting(base::difference(Cents{}, purchase.amount.value_or(Cents{}))));
    if (is_posted(purchase)) credit = TRY(fitting(base::sum(credit, bought)));
  }
  TRY(fitting(base::difference(Cents{}, credit)));
  return {};
}

}  // namespace

bool is_posted(const Purchase& purchase) {
  return purchase.status.value_or("SUCCEEDED") == "SUCCEEDED";
}

SpendingLimits effective_limits(SpendingLimits limits) {
  const Cents hard_auto = limits.hard_sl_auto.value_or(Cents{});
  limits.effective_hard_sl = limits.hard_sl_override.value_or(hard_auto);
  limits.effective_sl = std::min(limits.soft_sl.value_or(Cents{}), *limits.effective_hard_sl);
  return limits;
}

bool Books::is_out_of_credit() const {
  return running.credit <= running.prepaid && running.postpaid() >= spending_limit;
}

Result<Books> open_books(Store& store, const Team& team, Timestamp now) {
  const UsageHistory history = TRY(usage_history(store, team));
  const auto tallies = TRY(tallies_by_month(history, now));
  Books books{.now = now};
  if (team.billing.has_postpaid)
    books.spending_limit = effective_limits(team.billing.limits).effective_sl.value_or(Cents{});
  if (team.billing.has_prepaid)
    for (const Purchase& purchase : team.billing.purchases)
      if (purchase.create_time && *purchase.create_time <= now) books.purchases.push_back(purchase);
  const year_month last = month_of(now);
  year_month month = last;
  if (!tallies.empty()) month = std::min(month, tallies.begin()->first);
  if (!books.purchases.empty())
    month = std::min(month, month_of(books.purchases.front().create_time.value_or(now)));
  Cents credit{};  // Without what the month at hand draws.
  std::size_t purchase_count = 0;
  for (; month <= last; month += months{1}) {
    const auto found = tallies.find(month);
    BillingMonth next = TRY(to_month(month, found == tallies.end() ? Tallies{} : found->second));
    TRY(add_purchases(books.purchases, next.end, purchase_count, credit));
    next.credit = credit;
    next.prepaid = {std::clamp<std::int64_t>(next.spent.value, 0,
                                             std::max<std::int64_t>(next.credit.value, 0))};
    if (month == last) {
      books.running = std::move(next);
      break;
    }
    credit = TRY(fitting(base::difference(credit, next.prepaid)));
    books.closed.push_back(std::move(next));
  }
  return books;
}

}  // namespace xai::emulator
