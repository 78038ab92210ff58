#include "xai/management/balance.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/money.h"
#include "base/time_text.h"
#include "base/try.h"
#include "cli/commands/billing/billing.h"
#include "cli/render/amount.h"
#include "cli/render/result.h"
#include "cli/render/table.h"
#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

namespace {

/// `5 December`, with the year when it is another one than today's.
std::string day_text(std::chrono::sys_days day, std::chrono::sys_days today) {
  static constexpr std::array<const char*, 12> names{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::chrono::year_month_day date{day};
  std::string text = std::to_string(static_cast<unsigned>(date.day())) + " " +
                     names.at(static_cast<unsigned>(date.month()) - 1);
  if (date.year() != std::chrono::year_month_day{today}.year())
    text += " " + std::to_string(static_cast<int>(date.year()));
  return text;
}

std::string burn_text(const Burn& burn) {
  const auto& per_day = burn.per_day;
  const std::string amount = !per_day              ? "much"
                             : per_day->value == 0 ? "<0.01 USD"
                                                   : usd_of(*per_day);
  return amount + " a day";
}

std::string known_runway_text(const Balance& balance) {
  const std::int64_t days = balance.runway.days_left();
  const std::string burn = burn_text(balance.burn.value_or(Burn{}));
  if (days >= 36'500) return "more than a hundred years at " + burn;
  return counted(static_cast<std::size_t>(days), "day") + " at " + burn + ", until " +
         day_text(balance.day + std::chrono::days{days}, balance.day);
}

std::string runway_text(const Balance& balance) {
  switch (balance.runway.state) {
    case RunwayState::known:
      return known_runway_text(balance);
    case RunwayState::used_up:
      return "none, the credit is used up";
    case RunwayState::no_recent_usage:
      return "no recent usage";
    case RunwayState::not_enough_history:
      return "not enough history";
    case RunwayState::no_prepaid_credit:
      return "the team has no prepaid credit";
    case RunwayState::credit_unknown:
      return "unknown, as the live credit is";
    case RunwayState::usage_unreadable:
      return "unknown, the usage could not be read";
    case RunwayState::usage_incomplete:
      return "unknown, the service left usage out";
  }
  return {};
}

void print_balance(Session& session, const Balance& balance) {
  const auto amounts = aligned_usd({balance.live_credit, balance.posted_credit, balance.cycle_spend,
                                    balance.effective_spending_limit, balance.left_under_limit});
  Labels labels;
  if (!balance.has_prepaid) {
    labels.add("Prepaid credit", "the team has none");
  } else {
    const bool is_overdrawn = balance.live_credit && balance.live_credit->value < 0;
    labels.add("Live credit",
               amounts[0] + (is_overdrawn           ? "  overdrawn"
                             : balance.live_credit  ? ""
                             : balance.has_postpaid ? "  the service left it out"
                                                    : "  known only with postpaid billing"),
               is_overdrawn ? Style::bad : Style::strong);
    labels.add("Posted ledger", amounts[1] + "  settles at cycle close; not what is left now");
  }
  if (!balance.has_postpaid) {
    labels.add("Postpaid", "the team has none");
  } else {
    const std::string cycle = cycle_text(balance.cycle);
    labels.add("Spent this cycle", amounts[2] + (cycle.empty() ? "" : "  " + cycle));
    const bool is_prepaid_only = balance.effective_spending_limit == Cents{};
    labels.add("Spending limit", amounts[3] + (is_prepaid_only ? "  a month: prepaid credit only"
                                                               : "  a month, beyond prepaid"));
    labels.add("Left under it", amounts[4]);
  }
  labels.add("Runway", runway_text(balance));
  labels.print(session.output());
}

/// What `--fail-below` asks for: an amount of money, a span of time, or one of each.
struct Threshold {
  std::optional<Cents> credit{};
  std::optional<std::chrono::seconds> runway{};

  /// Whether `text` is one that is not known yet.
  bool take(const std::string& text) {
    if (const auto amount = base::parse_usd(text)) return !std::exchange(credit, amount);
    const auto span = base::parse_span(text);
    return span && !std::exchange(runway, span);
  }
};

Result<Threshold> parse_threshold(const std::string& text) {
  Threshold threshold;
  if (text.empty()) return threshold;
  const std::size_t comma = std::min(text.find(','), text.size());
  const bool has_second = comma < text.size();
  if (threshold.take(text.substr(0, comma)) &&
      (!has_second || threshold.take(text.substr(comma + 1))))
    return threshold;
  return usage_failure(
      "--fail-below must be an amount, a span, or one of each, not " + in_quotes(text),
      "give dollars such as 12.50, days such as 7d, or both as 12.50,7d");
}

std::unexpected<Error> cannot_tell(const std::string& what, const Balance& balance) {
  if (!balance.has_prepaid)
    return refusal("the team has no prepaid credit, so " + what + " cannot be judged",
                   "leave out --fail-below");
  if (!balance.live_credit && balance.has_postpaid)
    return std::unexpected{Error{
        .kind = ErrorKind::malformed_response,
        .outcome = Outcome::unanswered,
        .message = "the answer lacks a figure of the live credit, so " + what + " cannot be judged",
        .next = "try again later"}};
  if (!balance.live_credit)
    return refusal("the team has no postpaid billing, without which the live credit is unknown",
                   "leave out --fail-below");
  if (balance.usage_failure) return std::unexpected{*balance.usage_failure};
  if (balance.runway.state == RunwayState::usage_incomplete)
    return std::unexpected{
        Error{.kind = ErrorKind::malformed_response,
              .outcome = Outcome::unanswered,
              .message = "the service left usage out, so " + what + " cannot be judged",
              .next = "give an amount to --fail-below"}};
  return refusal("there is not enough usage to go by, so " + what + " cannot be judged",
                 "give an amount to --fail-below");
}

/// Whether the credit is below the threshold. Errors: it cannot be judged.
Result<bool> lacks_credit(Session& session, Cents threshold, const Balance& balance) {
  if (!balance.live_credit) return cannot_tell("the credit", balance);
  if (*balance.live_credit >= threshold) return false;
  session.messages().warn("the live credit of " + usd_of(*balance.live_credit) + " is below " +
                          usd_of(threshold));
  return true;
}

/// Whether the credit lasts less than `span`. Errors: it cannot be judged.
Result<bool> lacks_time(Session& session, std::chrono::seconds span, const Balance& balance) {
  const auto is_below = balance.runway.is_below(span);
  if (!is_below) return cannot_tell("the runway", balance);
  if (*is_below)
    session.messages().warn("the credit lasts " +
                            counted(static_cast<std::size_t>(balance.runway.days_left()), "day") +
                            ", less than asked for");
  return *is_below;
}

/// Whether the balance passes; differs when it does not.
Status judge(Session& session, const Threshold& threshold, const Balance& balance) {
  Result<bool> credit = false;
  Result<bool> time = false;
  if (threshold.credit) credit = lacks_credit(session, *threshold.credit, balance);
  if (threshold.runway) time = lacks_time(session, *threshold.runway, balance);
  // One that trips is enough, whatever the other would have said.
  if (credit.value_or(false) || time.value_or(false)) return ExitCode::differs;
  (void)TRY(std::move(credit));
  (void)TRY(std::move(time));
  return ExitCode::done;
}

struct BalanceInput {
  std::string fail_below{};

  void declare(Options& options) {
    options
        .option("--fail-below", fail_below, "LIMITS",
                "Exit code 7 below this much credit (50), this much time (7d), or either (50,7d)")
        .unique();
  }
};

Status show_balance(Session& session, const BalanceInput& input) {
  const Threshold threshold = TRY(parse_threshold(input.fail_below));
  (void)TRY(session.client());
  const Balance balance = TRY(management::balance(session.account(), session.call_options()));
  print_result(session, balance, [&] { print_balance(session, balance); });
  return judge(session, threshold, balance);
}

}  // namespace

Command balance_command() {
  return {.name = "balance",
          .group = Group::billing,
          .summary = "Show the credit that is really left, and how long it lasts",
          .description =
              "The live credit is what the running billing cycle has left of the prepaid credit. "
              "The posted ledger says more until the cycle closes. How long it lasts is worked out "
              "from the usage of up to 30 whole days, days without usage included. Exit code 7: "
              "less is "
              "left than --fail-below says; 13: the service says too little to judge.",
          .examples = {"balance", "balance --fail-below 50,7d --quiet > /dev/null"},
          .formats = {"text", "json"},
          .declare = declare_with<BalanceInput, show_balance>};
}

}  // namespace xai::cli
