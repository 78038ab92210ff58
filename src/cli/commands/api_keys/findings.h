#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "xai/management/unfinished.h"

namespace xai::cli {

/// An unfinished operation as a person needs to know it.
struct Finding {
  management::Unfinished operation;
  std::string words{};
  std::string next{};  ///< The command that settles it; may be empty.
};
Finding finding_of(management::Unfinished operation);

/// `create-key 'x'`
std::string about(const management::Unfinished& operation);

/// Why the secret that is kept is of little use by now; empty where nothing tells so.
std::string stale_words(const management::Unfinished& operation);

void print_findings(Session& session, const std::vector<Finding>& findings);

}  // namespace xai::cli
