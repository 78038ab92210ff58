#include "cli/command.h"
#include "cli/exchange.h"
#include "cli/render/list.h"
#include "cli/render/result.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

/// What people know a method by: `visa …4444, until 12/2030`.
std::string details_of(const PaymentMethod& method) {
  if (const auto& card = method.card_details)
    return card->brand + " ending in " + card->last4 + ", until " +
           std::to_string(card->exp_month) + "/" + std::to_string(card->exp_year);
  if (const auto& account = method.us_bank_account_details)
    return account->bank_name + " account ending in " + account->last4 +
           (account->blocked ? ", blocked: " + account->blocked->block_reason : "");
  if (const auto& link = method.link_details) return link->email;
  return "-";
}

template <auto member>
CsvCell owner_of(const PaymentMethod& method) {
  return method.billing_info ? csv_of(*method.billing_info.*member) : CsvCell{};
}

Status list_payment_methods(Session& session, const ColumnsInput& input) {
  auto list = TRY(List<PaymentMethod>::open(session, input.columns));
  auto answer = TRY(exchange(session, ListPaymentMethods{}));
  print_result(session, document_of(answer), [&] {
    for (const PaymentMethod& method : answer.value.payment_methods) list.add(method);
    list.end("there is no payment method on file; add one in the xAI console");
    if (answer.value.pending_payment_method)
      session.messages().note("another method is waiting to be confirmed in the xAI console");
  });
  return ExitCode::done;
}

}  // namespace

template <>
const std::vector<ListColumn<PaymentMethod>>& columns<PaymentMethod>() {
  static const std::vector<ListColumn<PaymentMethod>> all{
      {{"paymentMethodId", "ID", 1}, csv_member<&PaymentMethod::payment_method_id>},
      {{"paymentType", "TYPE", 2}, csv_member<&PaymentMethod::payment_type>},
      {{"details", "DETAILS", 3},
       [](const PaymentMethod& one) { return CsvCell{details_of(one)}; }},
      {{"name", "NAME", 4}, owner_of<&BillingInfo::name>},
      {{"email", "EMAIL"}, owner_of<&BillingInfo::email>},
      {{"addedTs", "ADDED", 5},
       csv_member<&PaymentMethod::added_ts>,
       time_member<&PaymentMethod::added_ts>}};
  return all;
}

Command list_payment_methods_command() {
  return {.name = "list-payment-methods",
          .group = Group::billing,
          .summary = "List the payment methods on file",
          .description =
              "Which one is the default cannot be read back. Methods are added and removed in the "
              "xAI console.",
          .examples = {"list-payment-methods", "list-payment-methods --output csv"},
          .formats = {"text", "json", "csv"},
          .declare = declare_with<ColumnsInput, list_payment_methods>};
}
}  // namespace xai::cli
