#pragma once

#include <string>

#include "emulator/books.h"

namespace xai::emulator {

/// What an invoice is called; it follows from what the invoice is about.
struct InvoiceName {
  std::string id{};      ///< base64url of 32 bytes, with its `=`.
  std::string number{};  ///< For people: `742-250-927-721`.
};

InvoiceName name_of_invoice(const Team& team, const Purchase& purchase);
InvoiceName name_of_invoice(const Team& team, const management::BillingCycle& cycle);

/// Whether it was bought, and so has a status and an invoice.
bool is_purchase(const Purchase& purchase);

}  // namespace xai::emulator
