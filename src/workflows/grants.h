#pragma once

#include <functional>
#include <string>
#include <vector>

#include "workflows/call.h"
#include "xai/management/grants.h"

namespace xai::workflows {

/// `management::check_grants` as a part of a larger call. `beside`, if there is one, is another
/// read, which is made at the same time.
management::Result<management::Grants> check_grants(const Call& call, management::Grants grants,
                                                    const std::function<void()>& beside = {});

/// A model by the name that the service knows it by.
struct NamedModel {
  std::string name{};
  bool is_known{};  ///< Whether the team has it; true where that cannot be looked up.
};

/// The models that `names` stand for, aliases among them. A look-up that the management key is not
/// allowed is left out, with a warning. Events: AliasResolved, Warning.
management::Result<std::vector<NamedModel>> name_models(const Call& call,
                                                        const std::vector<std::string>& names);

}  // namespace xai::workflows
