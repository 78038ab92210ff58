#include "emulator/team_billing.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/money.h"
#include "base/time_text.h"
#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/strict.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/codec.h"
#include "wire/payment_methods.h"
#include "wire/spending_limits.h"

namespace xai::wire {

template <>
inline constexpr auto fields<emulator::Purchase> = table(
    field("changeOrigin", &emulator::Purchase::origin),
    field("topupStatus", &emulator::Purchase::status), boxed("amount", &emulator::Purchase::amount),
    field("createTime", &emulator::Purchase::create_time),
    field("createdAgo", &emulator::Purchase::created_ago));

template <>
inline constexpr auto fields<emulator::TeamBilling> =
    table(field("hasPrepaid", &emulator::TeamBilling::has_prepaid),
          field("hasPostpaid", &emulator::TeamBilling::has_postpaid),
          field("hasInvoices", &emulator::TeamBilling::has_invoices),
          field("enforceCredit", &emulator::TeamBilling::enforce_credit),
          field("creditStatus", &emulator::TeamBilling::credit_status),
          field("usageSeed", &emulator::TeamBilling::usage_seed),
          field("prepaid", &emulator::TeamBilling::purchases),
          field("spendingLimits", &emulator::TeamBilling::limits),
          field("paymentMethods", &emulator::TeamBilling::payment_methods),
          field("billingInfo", &emulator::TeamBilling::billing_info),
          field("defaultCredits", &emulator::TeamBilling::default_credits));

}  // namespace xai::wire

namespace xai::emulator {

using management::Cents;
using management::PaymentMethod;
using management::Result;
using management::SpendingLimits;
using management::Timestamp;

namespace {

constexpr std::string_view none = "none";

Result<Purchase> read_purchase(json::Value value) {
  TRY(only_members(value, {"changeOrigin", "topupStatus", "amount", "createTime", "createdAgo"}));
  Purchase purchase = TRY(wire::decode<Purchase>(value));
  static constexpr std::array<std::string_view, 4> origins{"PURCHASE", "AUTO_PURCHASE", "REFUND",
                                                           "MANUAL"};
  if (purchase.origin.empty()) purchase.origin = origins.front();
  if (std::ranges::find(origins, purchase.origin) == origins.end())
    return std::unexpected(errors::invalid_argument(
        "`changeOrigin` should be PURCHASE, AUTO_PURCHASE, REFUND or MANUAL"));
  if (!purchase.amount || (purchase.origin != "MANUAL" && purchase.amount->value > 0))
    return std::unexpected(
        errors::invalid_argument("`amount` should be cents, and negative, as credit is"));
  if (!purchase.created_ago.empty() && !base::parse_span(purchase.created_ago))
    return std::unexpected(errors::invalid_argument("`createdAgo` should be a span such as 30d"));
  if (!value.find("createTime").is_null() && !value.find("createdAgo").is_null())
    return std::unexpected(errors::invalid_argument("give either `createTime` or `createdAgo`"));
  return purchase;
}

Result<std::vector<Purchase>> read_purchases(json::Value list) {
  std::vector<Purchase> purchases;
  Cents credit{};
  Cents debit{};
  for (const json::Value& value : list.items()) {
    const std::string place = "prepaid[" + std::to_string(purchases.size()) + "]";
    auto purchase = read_purchase(value);
    if (!purchase) return std::unexpected(inside(place, std::move(purchase).error()));
    // When each side fits by itself, so does every balance on the way, and with the other sign.
    const Cents amount = purchase->amount.value_or(Cents{});
    const auto added =
        amount.value < 0 ? base::difference(credit, amount) : base::sum(debit, amount);
    if (!added)
      return std::unexpected(errors::invalid_argument(
          place + ": `amount` is too large: 64 bits do not hold the cents of all of them"));
    (amount.value < 0 ? credit : debit) = *added;
    purchases.push_back(*std::move(purchase));
  }
  return purchases;
}

Result<SpendingLimits> read_limits(json::Value value) {
  TRY(only_members(value, {"hardSlOverride", "hardSlAuto", "softSl"}));
  auto limits = TRY(wire::decode<SpendingLimits>(value));
  for (const auto& limit : {limits.hard_sl_override, limits.hard_sl_auto, limits.soft_sl})
    if (limit && limit->value < 0)
      return std::unexpected(errors::invalid_argument("a limit should not be negative"));
  return limits;
}

}  // namespace

Result<TeamBilling> read_team_billing(json::Value team) {
  TeamBilling billing;
  billing.enforce_credit = TRY(boolean_member(team, "enforceCredit", false));
  billing.credit_status = TRY(status_member(team, "creditStatus", 0, {0, 403, 429}));
  billing.has_prepaid = team.find("prepaid").text() != none;
  const json::Value prepaid = team.find("prepaid");
  if (billing.has_prepaid && !prepaid.is_null() && !prepaid.is_array())
    return std::unexpected(errors::invalid_argument("`prepaid` should be an array or \"none\""));
  billing.purchases = TRY(read_purchases(prepaid));
  const std::string invoices = TRY(string_member(team, "invoices"));
  if (!invoices.empty() && invoices != none)
    return std::unexpected(errors::invalid_argument("`invoices` can only be \"none\""));
  billing.has_invoices = invoices.empty();
  const json::Value limits = team.find("spendingLimits");
  billing.has_postpaid = limits.text() != none;
  if (billing.has_postpaid && !limits.is_null()) {
    auto read = read_limits(limits);
    if (!read) return std::unexpected(inside("spendingLimits", std::move(read).error()));
    billing.limits = *std::move(read);
  }
  const json::Value methods = team.find("paymentMethods");
  if (!methods.is_null() && !methods.is_array())
    return std::unexpected(errors::invalid_argument("`paymentMethods` should be an array"));
  for (const json::Value& value : methods.items()) {
    auto method = wire::decode<PaymentMethod>(value);
    if (!method)
      return std::unexpected(
          inside("paymentMethods[" + std::to_string(billing.payment_methods.size()) + "]",
                 std::move(method).error()));
    billing.payment_methods.push_back(*std::move(method));
  }
  if (const json::Value credits = team.find("defaultCredits"); !credits.is_null()) {
    const auto cents = wire::integer_of(credits);
    if (!cents || *cents < 0)
      return std::unexpected(errors::invalid_argument("`defaultCredits` should be cents"));
    billing.default_credits = Cents{*cents};
  }
  const json::Value info = team.find("billingInfo");
  if (info.is_null()) return billing;
  auto read = wire::decode<management::BillingInfo>(info);
  if (!read) return std::unexpected(inside("billingInfo", std::move(read).error()));
  billing.billing_info = *std::move(read);
  return billing;
}

void complete(TeamBilling& billing, Timestamp now) {
  for (Purchase& purchase : billing.purchases) {
    if (const auto span = base::parse_span(purchase.created_ago))
      purchase.create_time = now - *span;
    if (!purchase.create_time) purchase.create_time = now;
    purchase.created_ago.clear();
  }
  std::ranges::stable_sort(billing.purchases, {}, &Purchase::create_time);
  if (!billing.limits.hard_sl_auto) billing.limits.hard_sl_auto = Cents{};
  if (!billing.limits.soft_sl) billing.limits.soft_sl = Cents{};
}

std::string to_text(const TeamBilling& billing) {
  std::string text;
  json::Writer writer{text};
  wire::encode(writer, billing);
  return text;
}

Result<TeamBilling> parse_team_billing(std::string text) {
  const auto document = TRY(json::Document::parse(std::move(text)));
  return wire::decode<TeamBilling>(document.root());
}

}  // namespace xai::emulator
