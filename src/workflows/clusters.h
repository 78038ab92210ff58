#pragma once

#include <string>
#include <vector>

#include "xai/management/models.h"
#include "xai/management/result.h"

namespace xai::workflows {

/// Every model of one cluster, of whatever kind, by the parts that all kinds share.
std::vector<const management::ModelBase*> models_in(const management::ClusterConfig& cluster);

/// The clusters that something is about: the one of `region`, or all for an empty one.
/// Errors: failed_precondition, reason unknown_region, naming the known ones.
management::Result<std::vector<const management::ClusterConfig*>> clusters_of(
    const management::ListTeamModelsResponse& response, const std::string& region);

/// What a name, given as canonical name or alias, stands for in these clusters; null when no
/// model has it.
const management::ModelBase* find_model(
    const std::vector<const management::ClusterConfig*>& clusters, const std::string& name);

/// All names and aliases in these clusters.
std::vector<std::string> model_names(const std::vector<const management::ClusterConfig*>& clusters);

/// Calls `visit(member of the document, list of models)` for each of the five kinds.
template <class Visit>
void for_each_kind(const management::ClusterConfig& cluster, Visit visit) {
  visit("languageModels", cluster.language_models);
  visit("embeddingModels", cluster.embedding_models);
  visit("imageGenerationModels", cluster.image_generation_models);
  visit("audioModels", cluster.audio_models);
  visit("videoGenerationModels", cluster.video_generation_models);
}

}  // namespace xai::workflows
