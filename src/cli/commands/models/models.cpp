#include "cli/commands/models/models.h"

#include <algorithm>

#include "cli/commands/models/model_line.h"
#include "cli/render/text.h"
#include "cli/values.h"

namespace xai::cli {

using namespace management;

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
    known.push_back(escaped(cluster.cluster_name));
    if (region.empty() || cluster.cluster_name == region) found.push_back(&cluster);
  }
  if (found.empty() && !region.empty())
    return refusal("the team has no region " + in_quotes(region),
                   "the regions are " + listed(known));
  return found;
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

std::vector<Command> model_commands() {
  std::vector<Command> list;
  list.push_back({.name = "list-models",
                  .group = Group::access,
                  .summary = "List the models the team can use, with prices and limits",
                  .description = "Token prices are in USD per million tokens. --region shows one "
                                 "cluster alone.",
                  .examples = {"list-models", "list-models --region us-east-1 --output csv"},
                  .formats = {"text", "json", "jsonl", "csv"},
                  .declare = declare_list_models});
  list.push_back({.name = "regions",
                  .group = Group::access,
                  .summary = "List the clusters where keys can be used, and their models",
                  .description = "auto lets xAI route each call, and holds the models of all "
                                 "clusters.",
                  .examples = {"regions", "regions --output json"},
                  .formats = {"text", "json", "csv"},
                  .declare = declare_regions});
  return list;
}

}  // namespace xai::cli
