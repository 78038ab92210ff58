#include "cli/command.h"
#include "cli/exchange.h"
#include "cli/render/result.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

void print_billing_info(Session& session, const BillingInfo& info) {
  Labels labels;
  labels.add("Name", info.name);
  labels.add("Email", info.email);
  if (info.address) {
    const Address& address = *info.address;
    std::vector<std::string> parts;
    for (const std::string& part : {address.line1, address.line2, address.postal_code, address.city,
                                    address.state, address.country})
      if (!part.empty()) parts.push_back(part);
    labels.add("Address", listed(parts));
  }
  if (!info.tax_number.empty()) labels.add("Tax number", info.tax_number + " " + info.tax_id_type);
  labels.print(session.output());
}

Status get_billing_info(Session& session) {
  auto answer = TRY(exchange(session, GetBillingInfo{}));
  print_result(session, document_of(answer), [&] {
    if (const auto& info = answer.value.billing_info)
      print_billing_info(session, *info);
    else
      session.messages().note("there is no billing information yet");
  });
  return ExitCode::done;
}

}  // namespace

Command get_billing_info_command() {
  return {.name = "get-billing-info",
          .group = Group::billing,
          .summary = "Show who is billed",
          .description = {},
          .examples = {"get-billing-info", "get-billing-info --output json"},
          .formats = {"text", "json"},
          .declare = declare_plain<get_billing_info>};
}

}  // namespace xai::cli
