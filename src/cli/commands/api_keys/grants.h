#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/session.h"
#include "workflows/call.h"
#include "xai/management/grants.h"

namespace xai::cli {

/// The models and endpoints that a command line grants a key.
struct GrantsInput : management::Grants {
  bool no_check{};
};
void declare_grants(Options& options, GrantsInput& grants);

/// Names as people give them, `api-key:model:NAME` and `*` among them, brought to one form.
void normalize(Session& session, management::Grants& grants);

/// Unless told not to look: `workflows::check_grants`.
management::Result<void> check_names(
    Session& session, GrantsInput& grants,
    const std::function<void(const workflows::Call&)>& beside = {});

/// Names of models that keys may have, made canonical. One that the team does not have is warned
/// about: a key may have outlived its model.
management::Result<void> resolve_models(Session& session, std::vector<std::string>& models);

}  // namespace xai::cli
