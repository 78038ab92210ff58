#include <set>

#include "base/try.h"
#include "cli/commands/models/models.h"
#include "cli/exchange.h"
#include "cli/render/lists.h"
#include "cli/render/table.h"
#include "cli/values.h"
#include "json/writer.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

struct Region {
  std::string name;
  std::string endpoint;
  std::vector<std::string> models;
};

/// `auto` with the union of all models, then every cluster; or the one asked for.
std::vector<Region> regions_of(Session& session,
                               const std::vector<const ClusterConfig*>& clusters) {
  std::vector<Region> regions;
  Region automatic{"auto", session.endpoint_of(""), {}};
  std::set<std::string> seen;
  for (const ClusterConfig* cluster : clusters) {
    Region region{cluster->cluster_name, session.endpoint_of(cluster->cluster_name), {}};
    for (const ModelBase* model : models_in(*cluster)) {
      region.models.push_back(model->name);
      if (seen.insert(model->name).second) automatic.models.push_back(model->name);
    }
    regions.push_back(std::move(region));
  }
  if (session.region().empty()) regions.insert(regions.begin(), std::move(automatic));
  return regions;
}

void print_regions_json(Session& session, const std::vector<Region>& regions) {
  std::string text;
  json::Writer writer{text, 2};
  writer.begin_object();
  for (const Region& region : regions) {
    writer.key(region.name);
    writer.begin_array();
    for (const std::string& model : region.models) writer.string(model);
    writer.end_array();
  }
  writer.end_object();
  session.output().write(text + "\n");
}

Status list_regions(Session& session) {
  const auto answer = TRY(exchange(session, ListTeamModels{}));
  const auto clusters = TRY(clusters_of(answer.value, session.region()));
  const auto regions = regions_of(session, clusters);
  if (session.is_json()) {
    print_regions_json(session, regions);
  } else if (session.format() == Format::csv) {
    print_csv_header(session.output(), {"region", "endpoint", "model"});
    for (const Region& region : regions)
      for (const std::string& model : region.models)
        print_csv(session.output(), {{region.name}, {region.endpoint}, {model}});
  } else {
    Table table{session.output(), {{"REGION"}, {"ENDPOINT"}, {"MODELS"}}};
    for (const Region& region : regions)
      table.add({{region.name}, {region.endpoint}, {listed(region.models)}});
    table.print();
  }
  return ExitCode::done;
}

}  // namespace

Run declare_regions(Options&) { return list_regions; }

}  // namespace xai::cli
