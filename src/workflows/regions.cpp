#include "xai/management/regions.h"

#include <unordered_set>
#include <utility>

#include "base/try.h"
#include "workflows/ask.h"
#include "workflows/clusters.h"
#include "workflows/regions.h"
#include "xai/management/models.h"

namespace xai::workflows {

using namespace management;

Result<std::vector<Region>> regions(const Call& call, const std::string& only) {
  const auto answer = TRY(ask(call, ListTeamModels{}));
  const auto clusters = TRY(clusters_of(answer.value, only));
  const auto endpoint_of = [&](std::string_view region) {
    return inference_url(call.client().pipeline().options.inference_base_url, region);
  };
  std::vector<Region> regions;
  Region automatic{.name = "auto", .endpoint = endpoint_of("")};
  std::unordered_set<std::string> seen;
  for (const ClusterConfig* cluster : clusters) {
    Region region{.name = cluster->cluster_name, .endpoint = endpoint_of(cluster->cluster_name)};
    for (const ModelBase* model : models_in(*cluster)) {
      region.models.push_back(model->name);
      if (seen.insert(model->name).second) automatic.models.push_back(model->name);
    }
    regions.push_back(std::move(region));
  }
  if (only.empty()) regions.insert(regions.begin(), std::move(automatic));
  return regions;
}

}  // namespace xai::workflows

namespace xai::management {

Result<std::vector<Region>> regions(const Account& account, const CallOptions& options) {
  const workflows::Call call{account, options};
  return workflows::regions(call, call.region());
}

}  // namespace xai::management
