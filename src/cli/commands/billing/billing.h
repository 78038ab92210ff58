#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/render/table.h"
#include "xai/management/invoices.h"

namespace xai::cli {

// What the commands about money share.

/// `2026-10`; empty for none.
std::string cycle_text(const std::optional<management::BillingCycle>& cycle);

/// Reads a billing cycle such as `2026-10`.
management::Result<management::BillingCycle> parse_cycle(const std::string& option,
                                                         const std::string& text);

using Figures = std::vector<std::pair<std::string, std::optional<management::Cents>>>;

/// Adds the figures with their amounts lined up; a total stands out.
void add_figures(Labels& labels, const Figures& figures);

/// The lines of an invoice as a table. Amounts are the service's, never price × units.
void print_invoice_lines(Session& session, const std::vector<management::InvoiceLine>& lines);

}  // namespace xai::cli
