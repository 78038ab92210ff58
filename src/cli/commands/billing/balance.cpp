#include <cstdio>
#include <memory>

#include "base/money.h"
#include "base/time_text.h"
#include "base/zone.h"
#include "cli/commands/billing/billing.h"
#include "cli/commands/billing/runway.h"
#include "cli/exchange.h"
#include "cli/render/amount.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

/// What the service told. None is a kind of billing that the team does not have.
struct Findings {
  std::optional<PreviewPostpaidInvoiceResponse> preview{};
  std::optional<PrepaidBalance> ledger{};
  std::optional<Burn> burn{};
  std::optional<Error> usage_failure{};  ///< Why there is no burn.
  std::chrono::sys_days today{};
};

struct Balance {
  std::optional<Cents> live_credit{};
  std::optional<Cents> posted_credit{};
  std::optional<Cents> cycle_spend{};
  std::optional<Cents> limit{};
  std::optional<Cents> left_under_limit{};
  std::optional<BillingCycle> cycle{};
  bool has_prepaid{};
  bool has_postpaid{};
  Runway runway{};
};

/// The answer, or nothing when it says that the team has no such billing.
template <class Operation>
Result<std::optional<typename Operation::Response>> if_there(Session& session,
                                                             const Operation& operation,
                                                             bool may_be_invalid) {
  auto answer = exchange(session, operation);
  if (answer) return std::move(answer->value);
  const Error& error = answer.error();
  if (error.http_status == 404 || (may_be_invalid && error.http_status == 400)) return std::nullopt;
  return std::unexpected{std::move(answer).error()};
}

AnalyzeUsage usage_by_day(std::chrono::sys_days today) {
  const auto midnight = [](std::chrono::sys_days day) {
    return base::format_local(base::LocalTime{day.time_since_epoch()});
  };
  return {.analytics_request = {.time_range = {.start_time = midnight(today - burn_window),
                                               .end_time = midnight(today + std::chrono::days{1}),
                                               .timezone = "Etc/GMT"},
                                .time_unit = "TIME_UNIT_DAY",
                                .values = {{"usd", "AGGREGATION_SUM"}}}};
}

Result<Findings> find(Session& session) {
  Findings found;
  found.preview = TRY(if_there(session, PreviewPostpaidInvoice{}, true));
  found.ledger = TRY(if_there(session, GetPrepaidBalance{}, false));
  if (!found.preview && !found.ledger)
    return std::unexpected{Error{.kind = ErrorKind::not_found,
                                 .outcome = Outcome::refused,
                                 .message = "the team has neither prepaid nor postpaid billing",
                                 .next = "check the team id",
                                 .http_status = 404}};
  found.today = std::chrono::floor<std::chrono::days>(session.their_now());
  auto usage = exchange(session, usage_by_day(found.today));
  if (!usage && usage.error().kind == ErrorKind::cancelled)
    return std::unexpected{std::move(usage).error()};
  if (!usage) {
    // The money is worth showing without the runway.
    found.usage_failure = std::move(usage).error();
    return found;
  }
  const auto known_since = found.ledger ? history_begins(*found.ledger) : std::nullopt;
  found.burn = burn_of(usage->value, known_since, found.today);
  return found;
}

/// What postpaid has to pay: spending that prepaid credit did not cover.
std::optional<Cents> spend_beyond_prepaid(const CoreInvoice& invoice, bool has_prepaid) {
  if (!invoice.total_with_corr) return std::nullopt;
  if (!invoice.prepaid_credits_used) return has_prepaid ? std::nullopt : invoice.total_with_corr;
  // Credit is negative, so that adding it takes it off.
  const auto beyond = base::sum(*invoice.total_with_corr, *invoice.prepaid_credits_used);
  return beyond && beyond->value < 0 ? Cents{} : beyond;
}

Balance balance_of(const Findings& found) {
  Balance balance{.has_prepaid = found.ledger.has_value(),
                  .has_postpaid = found.preview.has_value()};
  if (found.ledger) balance.posted_credit = found.ledger->posted_credit();
  if (found.preview) {
    balance.limit = found.preview->effective_spending_limit;
    balance.cycle = found.preview->billing_cycle;
    if (const auto& invoice = found.preview->core_invoice) {
      balance.live_credit = invoice->live_credit();
      balance.cycle_spend = invoice->total_with_corr;
      const auto beyond = spend_beyond_prepaid(*invoice, balance.has_prepaid);
      if (balance.limit && beyond)
        balance.left_under_limit = base::difference(*balance.limit, *beyond);
    }
  }
  // A team without a ledger whose figures are all zero has no credit to speak of.
  if (!balance.has_prepaid && balance.live_credit == Cents{}) balance.live_credit.reset();
  if (balance.live_credit) balance.has_prepaid = true;
  balance.runway = runway_of(balance.live_credit, found.burn);
  return balance;
}

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

std::int64_t days_left(const Runway& runway) {
  return std::chrono::floor<std::chrono::days>(runway.left.value_or(std::chrono::seconds{}))
      .count();
}

std::string burn_text(const Burn& burn) {
  const auto per_day = burn.per_day();
  const std::string amount = !per_day              ? "much"
                             : per_day->value == 0 ? "<0.01 USD"
                                                   : usd_of(*per_day);
  return amount + " a day";
}

std::string runway_text(const Balance& balance, const Findings& found) {
  const Runway& runway = balance.runway;
  const Burn burn = found.burn.value_or(Burn{});
  if (runway.state == "used_up") return "none, the credit is used up";
  if (runway.state == "no_recent_usage") return "no recent usage";
  if (runway.state == "not_enough_history") return "not enough history";
  if (runway.state == "known" && days_left(runway) >= 36'500)
    return "more than a hundred years at " + burn_text(burn);
  if (runway.state == "known")
    return counted(static_cast<std::size_t>(days_left(runway)), "day") + " at " + burn_text(burn) +
           ", until " + day_text(found.today + std::chrono::days{days_left(runway)}, found.today);
  if (!balance.has_prepaid) return "the team has no prepaid credit";
  if (!balance.live_credit) return "unknown, as the live credit is";
  return found.usage_failure ? "unknown, the usage could not be read"
                             : "unknown, the service cut the usage short";
}

void print_text(Session& session, const Balance& balance, const Findings& found) {
  const auto amounts = aligned_usd({balance.live_credit, balance.posted_credit, balance.cycle_spend,
                                    balance.limit, balance.left_under_limit});
  Labels labels;
  if (!balance.has_prepaid) {
    labels.add("Prepaid credit", "the team has none");
  } else {
    const bool is_overdrawn = balance.live_credit && balance.live_credit->value < 0;
    labels.add("Live credit",
               amounts[0] + (is_overdrawn           ? "  overdrawn"
                             : balance.live_credit  ? ""
                             : balance.has_postpaid ? "  the service left it out"
                                                    : "  only postpaid billing tells it"),
               is_overdrawn ? Style::bad : Style::strong);
    labels.add("Posted ledger", amounts[1] + "  settles at cycle close; not what is left now");
  }
  if (!balance.has_postpaid) {
    labels.add("Postpaid", "the team has none");
  } else {
    const std::string cycle = cycle_text(balance.cycle);
    labels.add("Spent this cycle", amounts[2] + (cycle.empty() ? "" : "  " + cycle));
    const bool is_prepaid_only = balance.limit && balance.limit->value == 0;
    labels.add("Spending limit", amounts[3] + (is_prepaid_only ? "  a month: prepaid credit only"
                                                               : "  a month, beyond prepaid"));
    labels.add("Left under it", amounts[4]);
  }
  labels.add("Runway", runway_text(balance, found));
  labels.print(session.output());
}

void print_json_balance(Session& session, const Balance& balance, const Findings& found) {
  std::string text;
  json::Writer writer{text, 2};
  const auto amount = [&](std::string_view name, const std::optional<Cents>& cents) {
    writer.key(name);
    write_usd(writer, cents);
  };
  writer.begin_object();
  writer.key("hasPrepaid");
  writer.boolean(balance.has_prepaid);
  writer.key("hasPostpaid");
  writer.boolean(balance.has_postpaid);
  amount("liveCredit", balance.live_credit);
  amount("postedCredit", balance.posted_credit);
  writer.key("billingCycle");
  if (balance.cycle)
    writer.string(cycle_text(balance.cycle));
  else
    writer.null();
  amount("cycleSpend", balance.cycle_spend);
  amount("effectiveSpendingLimit", balance.limit);
  amount("leftUnderLimit", balance.left_under_limit);
  writer.key("runway");
  writer.begin_object();
  writer.key("state");
  writer.string(balance.runway.state);
  if (balance.runway.left) {
    writer.key("days");
    writer.integer(days_left(balance.runway));
    writer.key("until");
    writer.string(base::format_rfc3339(found.today + std::chrono::days{days_left(balance.runway)})
                      .substr(0, 10));
  }
  if (found.burn) {
    writer.key("usedUsd");
    writer.string(found.burn->used.text());
    writer.key("usedInDays");
    writer.integer(found.burn->day_count);
    if (const auto per_day = found.burn->per_day()) amount("burnPerDay", per_day);
  }
  writer.end_object();
  writer.end_object();
  session.output().write(text + "\n");
}

/// What `--fail-below` asks for: an amount of money or a span of time.
struct Threshold {
  std::optional<Cents> credit{};
  std::optional<std::chrono::seconds> runway{};
};

Result<Threshold> parse_threshold(const std::string& text) {
  if (text.empty()) return Threshold{};
  if (const auto amount = base::parse_usd(text)) return Threshold{.credit = amount};
  if (const auto span = base::parse_span(text)) return Threshold{.runway = span};
  return usage_failure("--fail-below wants an amount or a span, not " + in_quotes(text),
                       "give dollars such as 12.50, or days such as 7d");
}

std::unexpected<Error> cannot_tell(const std::string& what, const Balance& balance,
                                   const Findings& found) {
  if (!balance.has_prepaid)
    return refusal("the team has no prepaid credit, so that " + what + " cannot be judged",
                   "leave out --fail-below");
  if (!balance.live_credit && balance.has_postpaid)
    return std::unexpected{Error{.kind = ErrorKind::malformed_response,
                                 .outcome = Outcome::unanswered,
                                 .message = "the answer lacks a figure of the live credit, so "
                                            "that " +
                                            what + " cannot be judged",
                                 .next = "try again later"}};
  if (!balance.live_credit)
    return refusal("the team has no postpaid billing, which alone tells the live credit",
                   "leave out --fail-below");
  if (found.usage_failure) return std::unexpected{*found.usage_failure};
  return refusal("there is not enough usage to go by, so that " + what + " cannot be judged",
                 "give an amount to --fail-below");
}

/// Whether the balance passes; differs when it does not.
Status judge(Session& session, const Threshold& threshold, const Balance& balance,
             const Findings& found) {
  if (threshold.credit) {
    if (!balance.live_credit) return cannot_tell("the credit", balance, found);
    if (*balance.live_credit >= *threshold.credit) return ExitCode::done;
    session.messages().warn("the live credit of " + usd_of(*balance.live_credit) + " is below " +
                            usd_of(*threshold.credit));
    return ExitCode::differs;
  }
  if (threshold.runway) {
    const auto is_below = balance.runway.is_below(*threshold.runway);
    if (!is_below) return cannot_tell("the runway", balance, found);
    if (!*is_below) return ExitCode::done;
    session.messages().warn("the credit lasts " +
                            counted(static_cast<std::size_t>(days_left(balance.runway)), "day") +
                            ", less than asked for");
    return ExitCode::differs;
  }
  return ExitCode::done;
}

Status show_balance(Session& session, const std::string& fail_below) {
  const Threshold threshold = TRY(parse_threshold(fail_below));
  const Findings found = TRY(find(session));
  const Balance balance = balance_of(found);
  if (session.is_json())
    print_json_balance(session, balance, found);
  else
    print_text(session, balance, found);
  if (found.usage_failure)
    session.messages().warn("the usage could not be read: " + found.usage_failure->message);
  return judge(session, threshold, balance, found);
}

}  // namespace

Run declare_balance(Options& options) {
  auto fail_below = std::make_shared<std::string>();
  options.option("--fail-below", *fail_below, "AMOUNT|DAYS",
                 "Exit code 7 when less credit is left (12.50), or for less time (7d)");
  return [fail_below](Session& session) { return show_balance(session, *fail_below); };
}

}  // namespace xai::cli
