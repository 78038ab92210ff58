#pragma once

#include <string>
#include <vector>

namespace xai::management {

/// The names of members that a change is about, as the service writes them: `qpm`, `aclStrings`.
struct FieldMask {
  std::vector<std::string> paths{};
  bool operator==(const FieldMask&) const = default;
};

}  // namespace xai::management
