#include "emulator/invoice_names.h"

#include <cstddef>

#include "emulator/identifiers.h"

namespace xai::emulator {
namespace {

InvoiceName name_of(const std::string& text) {
  InvoiceName name{.id = base64url_digest(text)};
  for (std::size_t i = 0; i < 12; ++i) {
    if (i != 0 && i % 3 == 0) name.number += '-';
    name.number += static_cast<char>('0' + name.id[i] % 10);
  }
  return name;
}

}  // namespace

bool is_purchase(const Purchase& purchase) {
  return purchase.origin == "PURCHASE" || purchase.origin == "AUTO_PURCHASE";
}

InvoiceName name_of_invoice(const Team& team, const Purchase& purchase) {
  const Timestamp time = purchase.create_time.value_or(Timestamp{});
  return name_of(team.team_id + " bought " + std::to_string(to_integer(time)) + " " +
                 std::to_string(purchase.amount.value_or(Cents{}).value));
}

InvoiceName name_of_invoice(const Team& team, const management::BillingCycle& cycle) {
  return name_of(team.team_id + " used " + std::to_string(cycle.year) + "-" +
                 std::to_string(cycle.month));
}

}  // namespace xai::emulator
