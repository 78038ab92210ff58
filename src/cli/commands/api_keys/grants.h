#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/session.h"
#include "xai/management/acl.h"

namespace xai::cli {

/// The models and endpoints that a command line grants a key.
struct Grants {
  std::vector<std::string> models{};
  std::vector<std::string> endpoints{};
  bool all_models{};
  bool all_endpoints{};
  bool no_check{};

  [[nodiscard]] bool has_models() const { return all_models || !models.empty(); }
  [[nodiscard]] bool has_endpoints() const { return all_endpoints || !endpoints.empty(); }
};
void declare_grants(Options& options, Grants& grants);

/// Names as people give them, `api-key:model:NAME` and `*` among them, brought to one form.
void normalize(Session& session, Grants& grants);

/// Makes aliases canonical, and refuses names that the team does not have. Where the look-up is
/// not allowed it warns instead.
/// Errors: refused, with the closest names; those of the look-ups.
management::Result<void> check_names(Session& session, Grants& grants);

/// The grants as the service writes them, each once.
std::vector<management::Acl> acls_of(const Grants& grants);

}  // namespace xai::cli
