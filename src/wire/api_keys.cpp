#include "wire/api_keys.h"

#include <algorithm>
#include <string>
#include <tuple>

namespace xai::management {

UpdateApiKey UpdateApiKey::of(std::string api_key_id, ApiKeyValues values,
                              std::vector<std::string> cleared) {
  FieldMask mask;
  const auto name_if_set = [&](const auto& field) {
    if (values.*(field.member)) mask.paths.emplace_back(field.name);
  };
  std::apply([&](const auto&... field) { (name_if_set(field), ...); },
             wire::fields<ApiKeyValues>.fields);
  for (std::string& name : cleared)
    if (std::ranges::find(mask.paths, name) == mask.paths.end())
      mask.paths.push_back(std::move(name));
  return {std::move(api_key_id), std::move(values), std::move(mask)};
}

}  // namespace xai::management
