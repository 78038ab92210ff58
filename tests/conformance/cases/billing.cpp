#include <algorithm>

#include "base/decimal.h"
#include "conformance/endpoints/endpoint.h"
#include "xai/management/api_keys.h"
#include "xai/management/audit_events.h"
#include "xai/management/billing_info.h"
#include "xai/management/invoices.h"
#include "xai/management/payment_methods.h"
#include "xai/management/prepaid.h"
#include "xai/management/spending_limits.h"
#include "xai/management/usage.h"

namespace xai::conformance {
namespace {

using namespace management;

class Billing : public Conformance {
 protected:
  /// The whole year around the endpoint's clock, in one bucket a month.
  static AnalyzeUsage usage() {
    return {.analytics_request = {.time_range = {.start_time = "2024-01-01 00:00:00",
                                                 .end_time = "2025-01-01 00:00:00",
                                                 .timezone = "Etc/GMT"},
                                  .time_unit = TimeUnit::month,
                                  .values = {{.name = "usd", .aggregation = "AGGREGATION_SUM"}},
                                  .group_by = {"description"}}};
  }
};

TEST_P(Billing, BalanceAndPreviewAgree) {
  const auto balance = client.send(GetPrepaidBalance{});
  ASSERT_TRUE(balance) << balance.error().message;
  const auto preview = client.send(PreviewPostpaidInvoice{});
  ASSERT_TRUE(preview) << preview.error().message;
  const CoreInvoice core = preview->core_invoice.value_or(CoreInvoice{});
  EXPECT_TRUE(core.prepaid_credits);
  EXPECT_EQ(core.prepaid_credits, balance->total);
  EXPECT_TRUE(core.live_credit());
  EXPECT_LE(core.live_credit(), balance->posted_credit());
  const auto limits = client.send(GetSpendingLimits{});
  ASSERT_TRUE(limits) << limits.error().message;
  const SpendingLimits all = limits->spending_limits.value_or(SpendingLimits{});
  EXPECT_TRUE(all.effective_sl);
  EXPECT_EQ(all.effective_sl, preview->effective_spending_limit);
}

TEST_P(Billing, UsageOfTheRunningMonthIsThatOfThePreview) {
  const auto answer = client.send(usage());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_FALSE(answer->limit_reached);
  ASSERT_FALSE(answer->time_series.empty());
  base::DecimalSum sum;
  for (const TimeSeries& series : answer->time_series) {
    ASSERT_EQ(series.data_points.size(), 12U);
    sum.add(series.data_points[9].values.front().text);
  }
  const auto preview = client.send(PreviewPostpaidInvoice{});
  ASSERT_TRUE(preview) << preview.error().message;
  ASSERT_EQ(preview->billing_cycle.value_or(BillingCycle{}).month, 10);
  const CoreInvoice core = preview->core_invoice.value_or(CoreInvoice{});
  EXPECT_EQ(core.total_with_corr.value_or(Cents{}).value,
            sum.rounded(10).value_or(-1) / 100'000'000);
}

TEST_P(Billing, AnUnknownMetricIsRefused) {
  AnalyzeUsage operation = usage();
  operation.analytics_request.values.front().name = "tokens";
  const auto answer = client.send(operation);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::invalid_argument);
  EXPECT_EQ(answer.error().http_status, 400);
}

TEST_P(Billing, InvoicesAreThereOnceAndById) {
  const auto all = client.send(ListInvoices{});
  ASSERT_TRUE(all) << all.error().message;
  ASSERT_FALSE(all->invoices.empty());
  const auto one = client.send(ListInvoices{.invoice_ids = {all->invoices.back().invoice_id}});
  ASSERT_TRUE(one) << one.error().message;
  ASSERT_EQ(one->invoices.size(), 1U);
  EXPECT_EQ(one->invoices.front().total, all->invoices.back().total);
  const auto refused = client.send(ListInvoices{
      .since_year = 2024, .since_month = 1, .invoice_ids = {one->invoices.front().invoice_id}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid_argument);
}

TEST_P(Billing, MethodsAndInfoAreRead) {
  const auto methods = client.send(ListPaymentMethods{});
  ASSERT_TRUE(methods) << methods.error().message;
  ASSERT_FALSE(methods->payment_methods.empty());
  const auto info = client.send(GetBillingInfo{});
  ASSERT_TRUE(info) << info.error().message;
  const BillingInfo own = info->billing_info.value_or(BillingInfo{});
  EXPECT_NE(own.tax_number, "");
  EXPECT_EQ(methods->payment_methods.front().billing_info.value_or(BillingInfo{}).tax_number,
            own.tax_number);
}

class Audit : public Conformance {};

TEST_P(Audit, PagesTellOfEveryChangeOnce) {
  for (int i = 0; i < 5; ++i)
    ASSERT_TRUE(client.send(CreateApiKey{.name = "audited" + std::to_string(i)}));
  std::vector<std::string> seen;
  ListAuditEvents operation{.page_size = 2, .query = "audited"};
  do {
    const auto page = client.send(operation);
    ASSERT_TRUE(page) << page.error().message;
    for (const AuditEvent& event : page->events) {
      EXPECT_TRUE(event.user && event.event_time);
      seen.push_back(event.description);
    }
    operation.page_token = page->next_page_token;
  } while (!operation.page_token.empty());
  ASSERT_EQ(seen.size(), 5U);
  EXPECT_EQ(seen.front(), "API key 'audited4' was created");
  EXPECT_EQ(seen.back(), "API key 'audited0' was created");
}

XAI_EVERYWHERE(Billing);
XAI_EVERYWHERE(Audit);

}  // namespace
}  // namespace xai::conformance
