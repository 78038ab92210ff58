#pragma once

#include <cstdint>
#include <functional>
#include <memory>
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
  Run (*declare)(Options&);                ///< Binds the options; what it returns runs.
  bool is_write{};                         ///< Whether it can change anything.
  bool is_local{};                         ///< Whether it needs no settings, not even good ones.
};

/// The declaration of a command whose options fill an Input, which `run` is given.
template <class Input, auto run>
Run declare_with(Options& options) {
  auto input = std::make_shared<Input>();
  input->declare(options);
  return [input](Session& session) -> Status { return run(session, *input); };
}

/// The declaration of a command without options.
template <auto run>
Run declare_plain(Options&) {
  return run;
}

/// The formats that some command has.
std::vector<std::string> all_formats();

/// The options of a command, and the global ones behind them, with what they are bound to.
struct Declared {
  /// Null: the global ones alone, with every format.
  explicit Declared(const Command* command);
  Declared(const Declared&) = delete;
  Declared& operator=(const Declared&) = delete;

  Options options{};
  GlobalOptions globals{};
  Run run{};
  std::size_t own_count{};  ///< How many options, the first ones, are the command's own.
};

/// Every command, in the order of the help page.
const std::vector<Command>& commands();
const Command* find_command(std::string_view name);
std::string_view title_of(Group group);

// One maker per command, in commands/.
Command create_key_command();
Command list_keys_command();
Command get_key_command();
Command update_key_command();
Command rotate_key_command();
Command delete_key_command();
Command check_key_command();
Command recover_command();
Command list_models_command();
Command regions_command();
Command list_endpoints_command();
Command whoami_command();
Command balance_command();
Command list_invoices_command();
Command get_invoice_command();
Command preview_invoice_command();
Command get_spending_limit_command();
Command list_payment_methods_command();
Command get_billing_info_command();
Command usage_command();
Command list_audit_events_command();
Command config_command();
Command completion_command();
Command help_command();
Command version_command();

}  // namespace xai::cli
