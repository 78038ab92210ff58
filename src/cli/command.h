#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/session.h"

namespace xai::cli {

enum class Group : std::uint8_t { api_keys, access, billing, audit, setup };

/// What a command does once its options are read.
using Run = std::function<Status(Session&)>;

/// A command, as help, manual and parser see it.
struct Command {
  std::string_view name;
  Group group;
  std::string_view summary;                ///< One line, no full stop.
  std::string_view description;            ///< What the summary cannot say; may be empty.
  std::vector<std::string_view> examples;  ///< Behind `manage_xai `.
  std::vector<std::string> formats;        ///< What `--output` may be.
  Run (*declare)(Options&);                ///< Binds the options and answers the deed.
  bool is_write{};                         ///< Whether it can change anything.
};

/// Every command, in the order of the help page.
const std::vector<Command>& commands();
const Command* find_command(std::string_view name);
std::string_view title_of(Group group);

// One maker per noun, in commands/.
std::vector<Command> api_key_commands();
std::vector<Command> model_commands();
std::vector<Command> endpoint_commands();
std::vector<Command> account_commands();
std::vector<Command> billing_commands();
std::vector<Command> usage_commands();
std::vector<Command> audit_commands();
std::vector<Command> setup_commands();

}  // namespace xai::cli
