// The values of the documented answers, written down once more by hand.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "wire/contract.h"
#include "wire/rows.h"

namespace xai::wire {
namespace {

using namespace management;
using tests::contract_example;

template <class Operation>
typename Operation::Response documented_answer() {
  typename Operation::Response answer{};
  const auto read =
      descriptor_of<Operation>().decode(contract_example(Operation::id).find("response"), &answer);
  if (!read) ADD_FAILURE() << read.error().message;
  return answer;
}

TEST(DocumentedAnswer, CreateApiKey) {
  const ApiKey key = documented_answer<CreateApiKey>();
  EXPECT_EQ(key.redacted_api_key, "xai-...oYZ4");
  ASSERT_TRUE(key.api_key);
  EXPECT_EQ(key.api_key->reveal(), "xai-YOUR_API_KEY_HERE");
  EXPECT_EQ(key.user_id, "6ad994df-7963-45e0-96c8-96b1ba849d9b");
  EXPECT_EQ(key.name, "My API key");
  EXPECT_EQ(key.create_time, base::parse_rfc3339("2025-11-13T16:14:38.164829Z"));
  EXPECT_EQ(key.modify_time, base::parse_rfc3339("2025-11-13T16:38:07.059039Z"));
  EXPECT_EQ(key.team_id, "c9a0c990-53e6-491e-8df7-b9f18e6983ac");
  EXPECT_EQ(key.api_key_id, "fe15b799-32e1-4d02-9e65-80236f9995f7");
  EXPECT_FALSE(key.disabled);
  EXPECT_FALSE(key.expire_time);
  EXPECT_FALSE(key.qps);
  EXPECT_FALSE(key.qpm);
  EXPECT_FALSE(key.tpm);
  EXPECT_EQ(key.acls, (std::vector{Acl::every_endpoint(), Acl::every_model()}));
}

TEST(DocumentedAnswer, ListApiKeysWithItsOddSpellings) {
  const ListApiKeysResponse page = documented_answer<ListApiKeys>();
  ASSERT_EQ(page.api_keys.size(), 1U);
  const ApiKey& key = page.api_keys.front();
  EXPECT_FALSE(key.api_key);
  EXPECT_FALSE(key.disabled);
  EXPECT_EQ(key.tpm, 100'000);
  EXPECT_EQ(key.acls, (std::vector{Acl::every_endpoint(), Acl::every_model()}));
  EXPECT_EQ(page.pagination_token, "");
}

TEST(DocumentedAnswer, CheckApiKeyPropagation) {
  const ApiKeyPropagation propagation = documented_answer<CheckApiKeyPropagation>();
  EXPECT_EQ(propagation.clusters,
            (std::map<std::string, bool>{{"cloud9.api.x.ai", true}, {"us-east-1.api.x.ai", true}}));
  EXPECT_TRUE(propagation.complete());
}

TEST(DocumentedAnswer, ListTeamModels) {
  const ListTeamModelsResponse models = documented_answer<ListTeamModels>();
  ASSERT_EQ(models.cluster_configs.size(), 2U);
  const ClusterConfig& east = models.cluster_configs[0];
  EXPECT_EQ(east.cluster_name, "us-east-1");
  ASSERT_EQ(east.language_models.size(), 6U);
  const LanguageModel& grok = east.language_models[4];
  EXPECT_EQ(grok.name, "grok-4-0709");
  EXPECT_EQ(grok.version, "1.0");
  EXPECT_EQ(grok.input_modalities, std::vector<std::string>{"TEXT"});
  EXPECT_EQ(grok.output_modalities, std::vector<std::string>{"TEXT"});
  EXPECT_EQ(grok.prompt_text_token_price, 30'000);
  EXPECT_EQ(grok.prompt_image_token_price, 30'000);
  EXPECT_EQ(grok.prompt_text_token_price_long_context, 60'000);
  EXPECT_EQ(grok.cached_prompt_token_price, 7'500);
  EXPECT_EQ(grok.completion_text_token_price, 150'000);
  EXPECT_EQ(grok.completion_token_price_long_context, 300'000);
  EXPECT_EQ(grok.search_price, 2'500);
  EXPECT_EQ(grok.rps, 8);
  EXPECT_EQ(grok.rpm, 480);
  EXPECT_FALSE(grok.rph);
  EXPECT_EQ(grok.tpm, 2'000'000);
  EXPECT_EQ(grok.cluster, "us-east-1");
  EXPECT_EQ(grok.max_prompt_length, 256'000);
  EXPECT_EQ(grok.aliases, (std::vector<std::string>{"grok-4", "grok-4-latest"}));
  ASSERT_TRUE(grok.features);
  EXPECT_TRUE(grok.features->function_calling);
  EXPECT_TRUE(grok.features->structured_outputs);
  EXPECT_TRUE(grok.features->reasoning);
  EXPECT_EQ(grok.algorithm, "grok4");
  EXPECT_EQ(grok.long_context_threshold, 128'000);
  ASSERT_EQ(east.image_generation_models.size(), 1U);
  EXPECT_EQ(east.image_generation_models[0].image_price, 700'000'000);
  const ClusterConfig& west = models.cluster_configs[1];
  EXPECT_EQ(west.cluster_name, "eu-west-1");
  EXPECT_EQ(west.language_models.size(), 2U);
  EXPECT_FALSE(west.language_models[0].rpm);
  EXPECT_FALSE(west.language_models[0].long_context_threshold);
  EXPECT_TRUE(west.video_generation_models.empty());
}

TEST(DocumentedAnswer, ListPossibleEndpointAcls) {
  const ListPossibleEndpointAclsResponse answer = documented_answer<ListPossibleEndpointAcls>();
  ASSERT_EQ(answer.acls.size(), 7U);
  EXPECT_EQ(answer.acls[0].acl, "api-key:endpoint:chat");
  EXPECT_EQ(answer.acls[0].description,
            "Grants access to use a specific endpoint with an API Key.");
  EXPECT_EQ(answer.acls[0].name_space, "api-key");
  EXPECT_EQ(answer.acls[0].key, "endpoint");
  EXPECT_EQ(answer.acls[6].value, "documents");
}

TEST(DocumentedAnswer, ValidateManagementKeyWithItsMisspelling) {
  const ManagementKey key = documented_answer<ValidateManagementKey>();
  EXPECT_EQ(key.api_key_id, "b86ba29d-9f47-4b3a-a6ae-e69432d5f0dc");
  EXPECT_EQ(key.team_id, "65c1e471-205f-4566-9c5a-07198badf4ce");
  EXPECT_EQ(key.scope, "SCOPE_TEAM");
  EXPECT_EQ(key.scope_id, "65c1e471-205f-4566-9c5a-07198badf4ce");
  EXPECT_EQ(key.owner_user_id, "4d52c406-6ec6-4361-9b7c-40dc7e8ff284");
  EXPECT_EQ(key.create_time, base::parse_rfc3339("2025-12-10T23:17:49.460374Z"));
  EXPECT_EQ(key.name, "test key");
  ASSERT_EQ(key.acls.size(), 3U);
  EXPECT_EQ(key.acls[0], "team-token:endpoint:ListApiKeys");
  EXPECT_EQ(key.redacted_api_key, "xai-...r42q");
  EXPECT_FALSE(key.ip_ranges);
}

TEST(DocumentedAnswer, GetInferenceApiKeyInfo) {
  const InferenceApiKeyInfo key = documented_answer<GetInferenceApiKeyInfo>();
  EXPECT_EQ(key.redacted_api_key, "xai-...oYZ4");
  EXPECT_EQ(key.modified_by, "6ad994df-7963-45e0-96c8-96b1ba849d9b");
  EXPECT_EQ(key.create_time, base::parse_rfc3339("2025-11-13T16:14:38.164829Z"));
  EXPECT_EQ(key.acls.size(), 2U);
  EXPECT_FALSE(key.team_blocked || key.api_key_blocked || key.api_key_disabled);
}

TEST(DocumentedAnswer, GetPrepaidBalance) {
  const PrepaidBalance balance = documented_answer<GetPrepaidBalance>();
  EXPECT_EQ(balance.total, Cents{-1'000});
  EXPECT_EQ(balance.posted_credit(), Cents{1'000});
  ASSERT_EQ(balance.changes.size(), 1U);
  const PrepaidBalanceChange& change = balance.changes.front();
  EXPECT_EQ(change.team_id, "65c1e471-205f-4566-9c5a-07198bcdf4ce");
  EXPECT_EQ(change.change_origin, "PURCHASE");
  EXPECT_EQ(change.topup_status, "SUCCEEDED");
  EXPECT_EQ(change.amount, Cents{-1'000});
  EXPECT_EQ(change.invoice_id, "7v7blf6c1G2g34OdI4N5tD1CKCdag4ZYLhn5vTBLIMM=");
  EXPECT_EQ(change.invoice_number, "062-446-653-166");
  EXPECT_EQ(change.create_time, base::parse_rfc3339("2025-02-24T15:28:02.308840Z"));
  EXPECT_FALSE(change.spend_bp_key_year || change.spend_bp_key_month || change.create_ts);
  ASSERT_TRUE(change.payment_processor);
  EXPECT_EQ(change.payment_processor->kind, "STRIPE");
  EXPECT_FALSE(change.payment_processor->external_party);
}

TEST(DocumentedAnswer, PreviewPostpaidInvoiceWithBothNotations) {
  const PreviewPostpaidInvoiceResponse preview = documented_answer<PreviewPostpaidInvoice>();
  EXPECT_EQ(preview.effective_spending_limit, Cents{20'000});
  EXPECT_EQ(preview.default_credits, Cents{0});
  ASSERT_TRUE(preview.billing_cycle);
  EXPECT_EQ(preview.billing_cycle->year, 2025);
  EXPECT_EQ(preview.billing_cycle->month, 11);
  ASSERT_TRUE(preview.core_invoice);
  const CoreInvoice& invoice = *preview.core_invoice;
  EXPECT_TRUE(invoice.lines.empty());
  EXPECT_EQ(invoice.amount_before_vat, Cents{0});
  EXPECT_EQ(invoice.vat_cost, Cents{0});
  EXPECT_EQ(invoice.amount_after_vat, Cents{0});
  EXPECT_EQ(invoice.auto_credits_issued, Cents{0});
  EXPECT_EQ(invoice.default_credits_issued, Cents{0});
  EXPECT_EQ(invoice.total_with_corr, Cents{0});
  EXPECT_EQ(invoice.prepaid_credits, Cents{-4'500});
  EXPECT_EQ(invoice.prepaid_credits_used, Cents{0});
  EXPECT_FALSE(invoice.amount_before_vat_limited);
  EXPECT_EQ(invoice.live_credit(), Cents{4'500});
}

TEST(DocumentedAnswer, ListInvoices) {
  const ListInvoicesResponse answer = documented_answer<ListInvoices>();
  ASSERT_EQ(answer.invoices.size(), 1U);
  const Invoice& invoice = answer.invoices.front();
  EXPECT_EQ(invoice.invoice_id, "aUa1nsnCQfxOFnWjqdimZczKKNJJ5xuwlkb-k0XiUOQ=");
  EXPECT_EQ(invoice.invoice_number, "742-250-927-721");
  EXPECT_EQ(invoice.create_time, base::parse_rfc3339("2025-04-01T21:19:48.569466Z"));
  EXPECT_EQ(invoice.invoice_status, "PAID");
  EXPECT_EQ(invoice.first_desired_next_cycle_ts, base::parse_rfc3339("2025-04-11T02:46:58Z"));
  ASSERT_EQ(invoice.charger_attempts.size(), 2U);
  EXPECT_FALSE(invoice.charger_attempts[0].successful);
  EXPECT_EQ(invoice.charger_attempts[1].ticket, 1);
  EXPECT_TRUE(invoice.charger_attempts[1].successful);
  ASSERT_EQ(invoice.lines.size(), 2U);
  EXPECT_EQ(invoice.lines[1].cluster_name, "us-east-1");
  EXPECT_EQ(invoice.lines[1].description, "Chat grok-2-1212-1.0.0");
  EXPECT_EQ(invoice.lines[1].unit_type, "Completion text tokens");
  EXPECT_EQ(invoice.lines[1].unit_price, 100'000);
  EXPECT_EQ(invoice.lines[1].num_units, 534);
  EXPECT_EQ(invoice.lines[1].amount, Cents{0});
  EXPECT_EQ(invoice.subtotal, Cents{0});
  EXPECT_EQ(invoice.tax, Cents{0});
  EXPECT_EQ(invoice.total, Cents{0});
  ASSERT_TRUE(invoice.monthly);
  ASSERT_TRUE(invoice.monthly->billing_cycle);
  EXPECT_EQ(invoice.monthly->billing_cycle->year, 2025);
  EXPECT_EQ(invoice.monthly->billing_cycle->month, 2);
  EXPECT_EQ(invoice.monthly->prepaid_tokens_to_spend, Cents{0});
  EXPECT_FALSE(invoice.prepaid || invoice.subscriptions);
}

TEST(DocumentedAnswer, GetSpendingLimits) {
  const GetSpendingLimitsResponse answer = documented_answer<GetSpendingLimits>();
  ASSERT_TRUE(answer.spending_limits);
  EXPECT_FALSE(answer.spending_limits->hard_sl_override);
  EXPECT_EQ(answer.spending_limits->hard_sl_auto, Cents{22'500});
  EXPECT_EQ(answer.spending_limits->effective_hard_sl, Cents{22'500});
  EXPECT_EQ(answer.spending_limits->soft_sl, Cents{20'000});
  EXPECT_EQ(answer.spending_limits->effective_sl, Cents{20'000});
}

TEST(DocumentedAnswer, ListPaymentMethods) {
  const ListPaymentMethodsResponse answer = documented_answer<ListPaymentMethods>();
  EXPECT_FALSE(answer.pending_payment_method);
  ASSERT_EQ(answer.payment_methods.size(), 1U);
  const PaymentMethod& method = answer.payment_methods.front();
  EXPECT_EQ(method.payment_method_id, "pm_xxxxxxxxxxxxxxxxxxxxxxxx");
  ASSERT_TRUE(method.billing_info);
  EXPECT_EQ(method.billing_info->tax_id_type, "us-ein");
  ASSERT_TRUE(method.card_details);
  EXPECT_EQ(method.card_details->brand, "mastercard");
  EXPECT_EQ(method.card_details->exp_month, 12);
  EXPECT_EQ(method.card_details->exp_year, 2030);
  EXPECT_EQ(method.card_details->last4, "4444");
  EXPECT_FALSE(method.us_bank_account_details || method.link_details || method.added_ts);
  EXPECT_EQ(method.payment_type, "card");
}

TEST(DocumentedAnswer, GetBillingInfo) {
  const GetBillingInfoResponse answer = documented_answer<GetBillingInfo>();
  ASSERT_TRUE(answer.billing_info);
  EXPECT_EQ(answer.billing_info->name, "Acme Inc.");
  EXPECT_EQ(answer.billing_info->email, "foo@example.com");
  EXPECT_EQ(answer.billing_info->tax_id_type, "us_ein");
  EXPECT_EQ(answer.billing_info->tax_number, "12-3456789");
  ASSERT_TRUE(answer.billing_info->address);
  EXPECT_EQ(answer.billing_info->address->line1, "123 Main St.");
  EXPECT_EQ(answer.billing_info->address->country, "US");
  EXPECT_EQ(answer.billing_info->address->postal_code, "12345");
}

TEST(DocumentedAnswer, AnalyzeUsageToTheLastDigit) {
  const AnalyzeUsageResponse usage = documented_answer<AnalyzeUsage>();
  EXPECT_FALSE(usage.limit_reached);
  ASSERT_EQ(usage.time_series.size(), 3U);
  const TimeSeries& chat = usage.time_series[0];
  EXPECT_EQ(chat.group, std::vector<std::string>{"Chat grok-4-0709"});
  EXPECT_EQ(chat.group_labels, std::vector<std::string>{"Chat grok-4-0709"});
  ASSERT_EQ(chat.data_points.size(), 7U);
  EXPECT_EQ(chat.data_points[0].timestamp, base::parse_rfc3339("2025-10-01T00:00:00Z"));
  EXPECT_EQ(chat.data_points[0].values, std::vector{Decimal{"0.75973725"}});
  EXPECT_EQ(chat.data_points[6].values, std::vector{Decimal{"0"}});
  EXPECT_EQ(usage.time_series[1].data_points[1].values, std::vector{Decimal{"0.0001037"}});
}

TEST(DocumentedAnswer, ListAuditEvents) {
  const ListAuditEventsResponse page = documented_answer<ListAuditEvents>();
  EXPECT_EQ(page.next_page_token, "550e8400-e29b-41d4-a716-446655440000");
  ASSERT_EQ(page.events.size(), 1U);
  const AuditEvent& event = page.events.front();
  EXPECT_EQ(event.event_time, base::parse_rfc3339("2025-01-15T10:30:00Z"));
  EXPECT_EQ(event.event_id, "550e8400-e29b-41d4-a716-446655440000");
  EXPECT_EQ(event.description, "API key 'Production Key' was created");
  ASSERT_TRUE(event.user);
  EXPECT_EQ(event.user->user_id, "user-123");
  EXPECT_EQ(event.user->email, "admin@example.com");
  EXPECT_EQ(event.user->given_name, "John");
  EXPECT_EQ(event.user->family_name, "Doe");
  EXPECT_EQ(event.user->profile_image, "");
}

}  // namespace
}  // namespace xai::wire
