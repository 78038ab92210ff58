#pragma once

#include <string>
#include <vector>

#include "xai/management/account.h"
#include "xai/management/call_options.h"

namespace xai::management {

/// Where keys are used, and what can be used there.
struct Region {
  std::string name{};                 ///< `auto`, or a cluster's.
  std::string endpoint{};             ///< The base URL of inference calls.
  std::vector<std::string> models{};  ///< Canonical names, each once.
};

/// `auto` with the models of all clusters, then every cluster of the team; with a region in the
/// client's options, that cluster alone.
/// Errors: failed_precondition, reason unknown_region, with the known ones in `next`; those of
/// ListTeamModels. Source: Management API, Accounts and Authorization.
Result<std::vector<Region>> regions(const Account& account, const CallOptions& options = {});

}  // namespace xai::management
