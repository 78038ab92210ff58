#pragma once

#include <expected>
#include <optional>
#include <string>

#include "cli/command.h"
#include "xai/management/invoices.h"

namespace xai::cli {

// What the commands about money share.

/// `2026-10`; empty for none.
std::string cycle_text(const std::optional<management::BillingCycle>& cycle);

/// Reads a billing cycle such as `2026-10`.
management::Result<management::BillingCycle> parse_cycle(const std::string& option,
                                                         const std::string& text);

/// The lines of an invoice as a table. Amounts are the service's, never price × units.
void print_invoice_lines(Session& session, const std::vector<management::InvoiceLine>& lines);

Run declare_balance(Options& options);
Run declare_list_invoices(Options& options);
Run declare_get_invoice(Options& options);
Run declare_preview_invoice(Options& options);
Run declare_get_spending_limit(Options& options);
Run declare_list_payment_methods(Options& options);
Run declare_get_billing_info(Options& options);

}  // namespace xai::cli
