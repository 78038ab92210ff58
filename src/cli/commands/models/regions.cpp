#include "xai/management/regions.h"
#include "base/try.h"
#include "cli/command.h"
#include "cli/render/list.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "cli/results.h"

namespace xai::cli {

using namespace management;

namespace {

/// A model of a region, as a record of CSV.
struct RegionModel {
  const Region* region;
  const std::string* model;
};

Status print_models_csv(Session& session, const std::vector<Region>& regions) {
  auto list = TRY(List<RegionModel>::open(session));
  for (const Region& region : regions)
    for (const std::string& model : region.models) list.add({&region, &model});
  list.end();
  return ExitCode::done;
}

Status list_regions(Session& session) {
  (void)TRY(session.client());
  const auto regions = TRY(management::regions(session.account()));
  if (session.format() == Format::csv) return print_models_csv(session, regions);
  RegionModels models;
  for (const Region& region : regions) models.emplace_back(region.name, region.models);
  auto list = TRY(List<Region>::open(session));
  print_result(session, models, [&] {
    for (const Region& region : regions) list.add(region);
    list.end();
  });
  return ExitCode::done;
}

}  // namespace

template <>
const std::vector<ListColumn<Region>>& columns<Region>() {
  static const std::vector<ListColumn<Region>> all{
      {{"region", "REGION", 1}, csv_member<&Region::name>},
      {{"endpoint", "ENDPOINT", 2}, csv_member<&Region::endpoint>},
      {{"models", "MODELS", 3}, [](const Region& one) { return CsvCell{listed(one.models)}; }}};
  return all;
}

template <>
const std::vector<ListColumn<RegionModel>>& columns<RegionModel>() {
  static const std::vector<ListColumn<RegionModel>> all{
      {{"region", "REGION"}, [](const RegionModel& one) { return csv_of(one.region->name); }},
      {{"endpoint", "ENDPOINT"},
       [](const RegionModel& one) { return csv_of(one.region->endpoint); }},
      {{"model", "MODEL"}, [](const RegionModel& one) { return csv_of(*one.model); }}};
  return all;
}

Command regions_command() {
  return {.name = "regions",
          .group = Group::access,
          .summary = "List the clusters where keys can be used, and their models",
          .description = "auto lets xAI route each call, and holds the models of all clusters.",
          .examples = {"regions", "regions --output json"},
          .formats = {"text", "json", "csv"},
          .declare = declare_plain<list_regions>};
}

}  // namespace xai::cli
