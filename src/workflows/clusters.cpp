#include "workflows/clusters.h"

#include <algorithm>
#include <string_view>

#include "base/printable.h"

namespace xai::workflows {

using management::ClusterConfig;
using management::Error;
using management::ListTeamModelsResponse;
using management::ModelBase;
using management::Result;

std::vector<const ModelBase*> models_in(const ClusterConfig& cluster) {
  std::vector<const ModelBase*> list;
  for_each_kind(cluster, [&](std::string_view, const auto& models) {
    for (const auto& model : models) list.push_back(&model);
  });
  return list;
}

Result<std::vector<const ClusterConfig*>> clusters_of(const ListTeamModelsResponse& response,
                                                      const std::string& region) {
  std::vector<const ClusterConfig*> found;
  std::vector<std::string> known{"auto"};
  for (const ClusterConfig& cluster : response.cluster_configs) {
    known.push_back(cluster.cluster_name);
    if (region.empty() || cluster.cluster_name == region) found.push_back(&cluster);
  }
  if (!found.empty() || region.empty()) return found;
  return std::unexpected(Error{.kind = management::ErrorKind::failed_precondition,
                               .outcome = management::Outcome::refused,
                               .reason = management::Reason::unknown_region,
                               .message = "the team has no region " + base::in_quotes(region),
                               .next = "the regions are " + base::listed_words(known)});
}

const ModelBase* find_model(const std::vector<const ClusterConfig*>& clusters,
                            const std::string& name) {
  const ModelBase* by_alias = nullptr;
  for (const ClusterConfig* cluster : clusters)
    for (const ModelBase* model : models_in(*cluster)) {
      if (model->name == name) return model;
      if (by_alias == nullptr && std::ranges::find(model->aliases, name) != model->aliases.end())
        by_alias = model;
    }
  return by_alias;
}

std::vector<std::string> model_names(const std::vector<const ClusterConfig*>& clusters) {
  std::vector<std::string> names;
  for (const ClusterConfig* cluster : clusters)
    for (const ModelBase* model : models_in(*cluster)) {
      names.push_back(model->name);
      names.insert(names.end(), model->aliases.begin(), model->aliases.end());
    }
  return names;
}

}  // namespace xai::workflows
