#pragma once

#include <string>

#include "xai/management/client.h"

namespace xai::management {

/// What workflows work with. Threads may share one.
struct Account {
  Client client;
  /// Where the records of unfinished operations lie: an absolute path. Empty: none are kept, and a
  /// secret whose answer or delivery is lost is lost for good.
  std::string state_folder{};
};

/// Where `manage_xai` keeps its records: `xai-management` below XDG_STATE_HOME, else below
/// ~/.local/state. Empty when neither is an absolute path.
std::string default_state_folder();

}  // namespace xai::management
