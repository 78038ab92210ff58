#pragma once

#include <string>
#include <vector>

#include "wire/descriptor.h"

namespace xai::client {

/// The members, by their names on the wire, that a change asked for and `answer`, which the service
/// gave or a list shows, has otherwise. What counts as equal is equal in normal form: the order of
/// grants, parts of a second, and how an empty value is written do not matter.
management::Result<std::vector<std::string>> differences(const wire::Descriptor& descriptor,
                                                         const void* operation, const void* answer);

/// That another change than the one that was asked for was made, in the members of these names.
management::Error not_as_asked(const std::vector<std::string>& names);

}  // namespace xai::client
