#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "xai/management/models.h"

namespace xai::cli {

/// Every model of one cluster, of whatever kind, by the parts that all kinds share.
std::vector<const management::ModelBase*> models_in(const management::ClusterConfig& cluster);

/// The clusters a command is about: the one of `region`, or all for an empty one.
/// Errors: refused, naming the known regions, when there is no such cluster.
management::Result<std::vector<const management::ClusterConfig*>> clusters_of(
    const management::ListTeamModelsResponse& response, const std::string& region);

/// What a name, given as canonical name or alias, stands for in these clusters.
/// Null when no model has it.
const management::ModelBase* find_model(
    const std::vector<const management::ClusterConfig*>& clusters, const std::string& name);

/// All names and aliases in these clusters.
std::vector<std::string> model_names(const std::vector<const management::ClusterConfig*>& clusters);

Run declare_list_models(Options& options);
Run declare_regions(Options& options);

}  // namespace xai::cli
