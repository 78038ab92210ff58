#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "emulator/store.h"
#include "xai/management/cents.h"
#include "xai/management/invoices.h"
#include "xai/management/result.h"

namespace xai::emulator {

using management::Cents;

/// What a team used in a calendar month of UTC, and who pays for it. Cents are cut off, not
/// rounded, and what one line misses by that goes into the next: the lines add up to `spent`.
struct BillingMonth {
  management::BillingCycle cycle{};
  Timestamp start{};
  Timestamp end{};  ///< The first time that no longer belongs to it.
  std::vector<management::InvoiceLine> lines{};
  Cents spent{};    ///< Positive.
  Cents credit{};   ///< Prepaid, before what the month draws on it; negative is overdrawn.
  Cents prepaid{};  ///< The part of `spent` that prepaid credit pays.

  /// The part of `spent` that is left for the invoice.
  [[nodiscard]] Cents postpaid() const { return {spent.value - prepaid.value}; }
};

/// A team's books at one time. Everything about its money is read from them.
struct Books {
  Timestamp now{};
  std::vector<BillingMonth> closed{};  ///< From the first month with usage or credit on.
  BillingMonth running{};
  std::vector<Purchase> purchases{};  ///< Those made by now.
  Cents spending_limit{};             ///< On what is postpaid in a month.

  /// Whether what that month drew stands in the ledger, which is some days late.
  [[nodiscard]] bool is_posted(const BillingMonth& month, std::chrono::seconds lag) const {
    return month.end + lag <= now;
  }
  /// Whether prepaid credit is used up and postpaid spending has reached the limit.
  [[nodiscard]] bool is_out_of_credit() const;
};

/// Differs: months are those of UTC, and usage goes on beyond the spending limit.
/// Errors: failed_precondition for amounts that 64 bits do not hold, with either sign.
Result<Books> open_books(Store& store, const Team& team, Timestamp now);

/// The limits with those that follow from them.
management::SpendingLimits effective_limits(management::SpendingLimits limits);

/// Whether it counts as credit: a charge that is pending or failed does not.
bool is_posted(const Purchase& purchase);

}  // namespace xai::emulator
