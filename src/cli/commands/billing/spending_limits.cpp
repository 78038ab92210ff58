#include "cli/commands/billing/billing.h"
#include "cli/exchange.h"
#include "cli/render/result.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

void print_limits(Session& session, const SpendingLimits& limits) {
  Figures figures{{"In force", limits.effective_sl},
                  {"Soft limit", limits.soft_sl},
                  {"Hard limit", limits.effective_hard_sl},
                  {"Hard limit, computed", limits.hard_sl_auto}};
  if (limits.hard_sl_override) figures.emplace_back("Hard limit, by xAI", limits.hard_sl_override);
  Labels labels;
  add_figures(labels, figures);
  labels.print(session.output());
}

Status get_spending_limit(Session& session) {
  auto answer = TRY(exchange(session, GetSpendingLimits{}));
  print_result(session, document_of(answer), [&] {
    print_limits(session, answer.value.spending_limits.value_or(SpendingLimits{}));
  });
  return ExitCode::done;
}

}  // namespace

Command get_spending_limit_command() {
  return {.name = "get-spending-limit",
          .group = Group::billing,
          .summary = "Show the limits on spending beyond prepaid credit",
          .description =
              "The soft limit is yours to set, up to the hard one. Prepaid credit is used first "
              "and is not limited.",
          .examples = {"get-spending-limit", "get-spending-limit --output json"},
          .formats = {"text", "json"},
          .declare = declare_plain<get_spending_limit>};
}
}  // namespace xai::cli
