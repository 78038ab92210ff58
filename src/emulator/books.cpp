#include "emulator/books.h"

#include <algorithm>
#include <chrono>
#include <compare>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/try.h"
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

/// What was used at one price.
struct Tally {
  const BilledUnit* unit{};
  std::int64_t unit_count{};
};
using Tallies = std::map<std::tuple<std::string, std::string, std::string>, Tally>;

std::map<year_month, Tallies> tallies_by_month(const UsageHistory& history, Timestamp now) {
  std::map<year_month, Tallies> months;
  std::map<std::pair<year_month, const BilledUnit*>, Tally*> known;
  for_each_item(history, Timestamp::min(), now, [&](const UsageItem& item) {
    const year_month month = month_of(item.time);
    auto& tally = known[{month, &item.unit}];
    if (tally == nullptr) {
      const BilledUnit& unit = item.unit;
      tally = &months[month][{unit.cluster_name, unit.description, unit.unit_type}];
      tally->unit = &unit;
    }
    tally->unit_count += item.unit_count;
  });
  return months;
}

BillingMonth to_month(year_month month, const Tallies& tallies) {
  BillingMonth result{.cycle = {.year = static_cast<int>(month.year()),
                                .month = static_cast<std::int32_t>(unsigned{month.month()})},
                      .start = start_of(month),
                      .end = start_of(month + months{1})};
  std::int64_t total = 0;
  for (const auto& [name, tally] : tallies) {
    const BilledUnit& unit = *tally.unit;
    const std::int64_t before = total / parts_per_cent;
    total += tally.unit_count * unit.unit_price;
    result.lines.push_back({.cluster_name = unit.cluster_name,
                            .description = unit.description,
                            .unit_type = unit.unit_type,
                            .unit_price = unit.unit_price,
                            .num_units = tally.unit_count,
                            .amount = Cents{total / parts_per_cent - before}});
  }
  result.spent = {total / parts_per_cent};
  return result;
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
  const auto tallies = tallies_by_month(history, now);
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
    BillingMonth next = to_month(month, found == tallies.end() ? Tallies{} : found->second);
    for (; purchase_count < books.purchases.size(); ++purchase_count) {
      const Purchase& purchase = books.purchases[purchase_count];
      if (purchase.create_time >= next.end) break;
      if (is_posted(purchase)) credit.value -= purchase.amount.value_or(Cents{}).value;
    }
    next.credit = credit;
    next.prepaid = {std::clamp<std::int64_t>(next.spent.value, 0,
                                             std::max<std::int64_t>(next.credit.value, 0))};
    if (month == last) {
      books.running = std::move(next);
      break;
    }
    credit.value -= next.prepaid.value;
    books.closed.push_back(std::move(next));
  }
  return books;
}

}  // namespace xai::emulator
