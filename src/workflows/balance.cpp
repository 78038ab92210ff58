#include "xai/management/balance.h"

#include "base/money.h"
#include "base/try.h"
#include "base/zone.h"
#include "workflows/ask.h"
#include "workflows/runway.h"
#include "workflows/side_by_side.h"
#include "xai/management/prepaid.h"
#include "xai/management/usage.h"

namespace xai::workflows {

using namespace management;

namespace {

using std::chrono::sys_days;

/// The answer, or nothing when it says that the team has no such billing.
template <class Response>
Result<std::optional<Response>> if_there(Result<client::Answer<Response>> answer,
                                         bool may_be_invalid) {
  if (answer) return std::move(answer->value);
  const Error& error = answer.error();
  if (error.http_status == 404 || (may_be_invalid && error.http_status == 400)) return std::nullopt;
  return std::unexpected{std::move(answer).error()};
}

AnalyzeUsage usage_by_day(sys_days today) {
  const auto midnight = [](sys_days day) {
    return base::format_local(base::LocalTime{day.time_since_epoch()});
  };
  return {.analytics_request = {.time_range = {.start_time = midnight(today - burn_window),
                                               .end_time = midnight(today + std::chrono::days{1}),
                                               .timezone = "Etc/GMT"},
                                .time_unit = TimeUnit::day,
                                .values = {{"usd", "AGGREGATION_SUM"}}}};
}

/// What postpaid has to pay: spending that prepaid credit did not cover.
std::optional<Cents> spend_beyond_prepaid(const CoreInvoice& invoice, bool has_prepaid) {
  if (!invoice.total_with_corr) return std::nullopt;
  if (!invoice.prepaid_credits_used) return has_prepaid ? std::nullopt : invoice.total_with_corr;
  // Credit is negative, so that adding it takes it off.
  const auto beyond = base::sum(*invoice.total_with_corr, *invoice.prepaid_credits_used);
  return beyond && beyond->value < 0 ? Cents{} : beyond;
}

/// All but the usage and what follows from it.
Balance figures_of(const std::optional<PreviewPostpaidInvoiceResponse>& preview,
                   const std::optional<PrepaidBalance>& ledger) {
  Balance balance{.has_prepaid = ledger.has_value(), .has_postpaid = preview.has_value()};
  if (ledger) balance.posted_credit = ledger->posted_credit();
  if (preview) {
    balance.effective_spending_limit = preview->effective_spending_limit;
    balance.cycle = preview->billing_cycle;
    if (const auto& invoice = preview->core_invoice) {
      balance.live_credit = invoice->live_credit();
      balance.cycle_spend = invoice->total_with_corr;
      const auto beyond = spend_beyond_prepaid(*invoice, balance.has_prepaid);
      if (balance.effective_spending_limit && beyond)
        balance.left_under_limit = base::difference(*balance.effective_spending_limit, *beyond);
    }
  }
  // A team without a ledger whose figures are all zero has no credit to speak of.
  if (!balance.has_prepaid && balance.live_credit == Cents{}) balance.live_credit.reset();
  if (balance.live_credit) balance.has_prepaid = true;
  return balance;
}

/// Whether the running cycle has been charged for anything.
bool has_spent(const std::optional<PreviewPostpaidInvoiceResponse>& preview) {
  if (!preview || !preview->core_invoice) return false;
  const CoreInvoice& invoice = *preview->core_invoice;
  return invoice.total_with_corr.value_or(Cents{}) != Cents{} ||
         invoice.prepaid_credits_used.value_or(Cents{}) != Cents{};
}

Result<Balance> balance(const Call& call) {
  AnswerTo<PreviewPostpaidInvoice> preview_answer;
  AnswerTo<GetPrepaidBalance> ledger_answer;
  AnswerTo<AnalyzeUsage> usage_answer;
  const auto today = [&] { return std::chrono::floor<std::chrono::days>(call.service_now()); };
  sys_days day_asked{};
  const auto ask_usage = [&] {
    day_asked = today();
    usage_answer = ask(call, usage_by_day(day_asked));
  };
  TRY(side_by_side(call, {[&] { preview_answer = ask(call, PreviewPostpaidInvoice{}); },
                          [&] { ledger_answer = ask(call, GetPrepaidBalance{}); }, ask_usage}));
  const auto preview = TRY(if_there(std::move(preview_answer), true));
  const auto ledger = TRY(if_there(std::move(ledger_answer), false));
  if (!preview && !ledger)
    return std::unexpected{Error{.kind = ErrorKind::not_found,
                                 .outcome = Outcome::refused,
                                 .message = "the team has neither prepaid nor postpaid billing",
                                 .next = "check the team id",
                                 .http_status = 404}};
  // The service's clock may be on another day than ours, by which usage was asked for.
  if (today() != day_asked) ask_usage();
  Balance balance = figures_of(preview, ledger);
  balance.day = day_asked;
  std::optional<RecentUsage> usage;
  if (usage_answer) {
    const auto known_since = ledger ? history_begins(*ledger) : std::nullopt;
    usage = recent_usage(usage_answer->value, known_since, balance.day);
  } else if (usage_answer.error().kind == ErrorKind::cancelled) {
    return std::unexpected{std::move(usage_answer).error()};
  } else {
    // The money is worth showing without the runway.
    balance.usage_failure = std::move(usage_answer).error();
    call.tell(
        Warning{.kind = WarningKind::usage_unreadable, .detail = balance.usage_failure->message});
  }
  if (usage) balance.burn = usage->burn();
  balance.runway = runway_of(balance.live_credit, usage);
  // Usage that is not reported is no usage that was not made: the credit would seem to last.
  if (balance.runway.state == RunwayState::no_recent_usage && has_spent(preview))
    balance.runway.state = RunwayState::usage_incomplete;
  if (!balance.has_prepaid) balance.runway.state = RunwayState::no_prepaid_credit;
  if (balance.runway.state == RunwayState::usage_incomplete && balance.usage_failure)
    balance.runway.state = RunwayState::usage_unreadable;
  return balance;
}

}  // namespace
}  // namespace xai::workflows

namespace xai::management {

Result<Balance> balance(const Account& account, const CallOptions& options) {
  return workflows::balance(workflows::Call{account, options});
}

}  // namespace xai::management
