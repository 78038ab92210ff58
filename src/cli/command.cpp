#include "cli/command.h"

#include <algorithm>

namespace xai::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{create_key_command(),
                                        list_keys_command(),
                                        get_key_command(),
                                        update_key_command(),
                                        rotate_key_command(),
                                        delete_key_command(),
                                        check_key_command(),
                                        recover_command(),
                                        list_models_command(),
                                        regions_command(),
                                        list_endpoints_command(),
                                        whoami_command(),
                                        balance_command(),
                                        list_invoices_command(),
                                        get_invoice_command(),
                                        preview_invoice_command(),
                                        get_spending_limit_command(),
                                        list_payment_methods_command(),
                                        get_billing_info_command(),
                                        usage_command(),
                                        list_audit_events_command(),
                                        config_command(),
                                        completion_command(),
                                        help_command(),
                                        version_command()};
  return all;
}

std::vector<std::string> all_formats() { return {"text", "json", "jsonl", "csv"}; }

Declared::Declared(const Command* command) {
  if (command != nullptr) run = command->declare(options);
  own_count = options.all().size();
  declare_global_options(options, globals, command == nullptr ? all_formats() : command->formats);
}

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find(commands(), name, &Command::name);
  return found == commands().end() ? nullptr : &*found;
}

std::string_view title_of(Group group) {
  switch (group) {
    case Group::api_keys:
      return "API keys";
    case Group::access:
      return "Access";
    case Group::billing:
      return "Billing";
    case Group::audit:
      return "Audit";
    case Group::setup:
      return "Setup";
  }
  return {};
}

}  // namespace xai::cli
