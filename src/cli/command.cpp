#include "cli/command.h"

#include <algorithm>
#include <iterator>

namespace xai::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> list;
    for (auto* make : {api_key_commands, model_commands, endpoint_commands, account_commands,
                       billing_commands, usage_commands, audit_commands, setup_commands})
      std::ranges::move(make(), std::back_inserter(list));
    std::ranges::stable_sort(list, {}, &Command::group);
    return list;
  }();
  return all;
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
