#include "xai/management/regions.h"

#include <unordered_set>
#include <utility>

#include "base/try.h"
#include "workflows/ask.h"
#include "workflows/clusters.h"
#include "xai/management/models.h"

namespace xai::management {

Result<std::vector<Region>> regions(const Account& account, const CallOptions& options) {
  const workflows::Call call{account, options};
  const auto answer = TRY(workflows::ask(call, ListTeamModels{}));
  const auto clusters = TRY(workflows::clusters_of(answer.value, call.region()));
  const auto endpoint_of = [&](std::string_view region) {
    return inference_url(call.client().pipeline().options.inference_base_url, region);
  };
  std::vector<Region> regions;
  Region automatic{.name = "auto", .endpoint = endpoint_of("")};
  std::unordered_set<std::string> seen;
  for (const ClusterConfig* cluster : clusters) {
    Region region{.name = cluster->cluster_name, .endpoint = endpoint_of(cluster->cluster_name)};
    for (const ModelBase* model : workflows::models_in(*cluster)) {
      region.models.push_back(model->name);
      if (seen.insert(model->name).second) automatic.models.push_back(model->name);
    }
    regions.push_back(std::move(region));
  }
  if (call.region().empty()) regions.insert(regions.begin(), std::move(automatic));
  return regions;
}

}  // namespace xai::management
