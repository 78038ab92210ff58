#pragma once

#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/session.h"

namespace xai::cli {

/// A key that is to go, and what came of it.
struct Deletion {
  std::string given{};  ///< As typed.
  std::string id{};     ///< Empty where no key has the name.
  std::string shown{};  ///< Name and id, or what was typed when nothing was looked up.
  bool is_done{};
  bool has_failed{};
  management::Error failure{};
};

/// Whether there is no such key, as after an earlier run that deleted it.
bool is_absent(const Deletion& deletion);

/// Deletes all that can be found, and prints what came of each.
Status delete_all(Session& session, std::vector<Deletion> deletions);

}  // namespace xai::cli
